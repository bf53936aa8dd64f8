using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Commissioning;

/// <summary>
/// The verb <c>scan</c>: which units of a line answer, and who they say they are (function 43). It reads one register of each, slowly: a
/// bus that serves a plant is not to be crowded. Of DL/T 645 it finds the addresses of the meters. Exit 0 some answered, 1 none, 2 wrong
/// call.
/// </summary>
internal static class ScanCommand
{
    private static readonly Option<DeviceProtocol> Protocol = new("--protocol")
    {
        Description = "Modbus or Dlt645.",
        DefaultValueFactory = _ => DeviceProtocol.Modbus,
    };

    private static readonly Option<string> Units = new("--units")
    {
        Description = "Which units to ask, like 1-247 or 1,5,10-12.",
        DefaultValueFactory = _ => "1-247",
    };

    private static readonly Option<double> Rate = new("--rate")
    {
        Description = "Requests a second at most, 0.1 to 50. At 5 a bus of 9600 baud stays nine tenths free for those who poll it.",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Answers as one JSON object." };

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    public static Command Create()
    {
        var command = new Command("scan", "Lists the units or meters of a line that answer, and who they are. Writes nothing.")
        {
            Protocol, Units, Rate, Json,
        };
        LineArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static IEnumerable<string> Mistakes(ParseResult parsed)
    {
        foreach (var mistake in LineArguments.Mistakes(parsed)) yield return mistake;
        if (parsed.GetValue(Protocol) is not (DeviceProtocol.Modbus or DeviceProtocol.Dlt645))
            yield return "--protocol must be Modbus or Dlt645: who speaks MQTT speaks of his own accord";
        var units = parsed.GetValue(Units);
        if (Parse(units) is null) yield return $"--units '{units}' is no list like 1-247 or 1,5,10-12 of 0 to 255";
        if (parsed.GetValue(Rate) is not (>= 0.1 and <= 50)) yield return "--rate must be 0.1 to 50";
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var mistakes = Mistakes(parsed).ToList();
        foreach (var mistake in mistakes) await Console.Error.WriteLineAsync(mistake);
        if (mistakes.Count > 0) return 2;
        if (parsed.GetValue(Protocol) == DeviceProtocol.Dlt645)
            return await MeterScan.RunAsync(LineArguments.Endpoint(parsed), parsed.GetValue(Json), cancellationToken);

        await using var client = LineArguments.Open(parsed);
        var found = new List<FoundUnit>();
        var (units, rest) = (Parse(parsed.GetValue(Units)) ?? [], TimeSpan.FromSeconds(1 / parsed.GetValue(Rate)));
        foreach (var unit in units)
        {
            if (cancellationToken.IsCancellationRequested) break;
            if (await AskAsync(client, unit, rest, cancellationToken) is not { } one) continue;
            found.Add(one);
            if (!parsed.GetValue(Json)) await Console.Out.WriteLineAsync(one.ToString());
        }
        var answer = new { address = LineArguments.AddressOf(parsed), asked = units.Count, found };
        await Console.Out.WriteLineAsync(parsed.GetValue(Json)
            ? JsonSerializer.Serialize(answer, Format)
            : string.Create(CultureInfo.InvariantCulture, $"{found.Count} of {units.Count} units answered"));
        return found.Count > 0 ? 0 : 1;
    }

    private static async Task<FoundUnit?> AskAsync(ModbusClient client, byte unit, TimeSpan rest, CancellationToken cancellationToken)
    {
        var answer = await TryAsync(() => client.ReadAsync(RegisterTable.Holding, unit, 0, 1, cancellationToken), rest);
        // A gateway that says that nobody is there is not somebody.
        if (answer.Refusal is ModbusExceptionCode.GatewayPathUnavailable or ModbusExceptionCode.GatewayTargetFailed) return null;
        if (answer.Result is null && answer.Refusal is null) return null;
        var identity = await TryAsync(() => client.IdentifyAsync(unit, ModbusIdentityLevel.Regular, cancellationToken), rest);
        return FoundUnit.Of(unit, identity.Result);
    }

    private static async Task<(T? Result, ModbusExceptionCode? Refusal)> TryAsync<T>(Func<Task<T>> ask, TimeSpan rest)
        where T : class
    {
        var next = Task.Delay(rest);
        try
        {
            return (await ask(), null);
        }
        catch (ModbusException e)
        {
            return (null, e.Code);
        }
        catch (Exception e) when (e is TimeoutException or SocketException or IOException or OperationCanceledException)
        {
            return (null, null);
        }
        finally
        {
            await next;
        }
    }

    private static List<byte>? Parse(string? text)
    {
        var units = new SortedSet<byte>();
        foreach (var part in (text ?? "").Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length > 2 || !byte.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)) return null;
            if (!byte.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first) return null;
            units.UnionWith(Enumerable.Range(first, last - first + 1).Select(u => (byte)u));
        }
        return [.. units];
    }
}
