using System.CommandLine;
using System.Globalization;
using AirIsland.Edge.Configuration;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Commissioning;

/// <summary>
/// The verb <c>read</c>: live values of every point of a device with its raw registers, and what a doubtful one might mean instead. It
/// only reads. Exit 0 all were read (and agree with the display), 1 not, 2 wrong call.
/// </summary>
internal static class ReadCommand
{
    private static readonly Option<string> Profile = new("--profile") { Description = "Name of the device profile.", Required = true };

    private static readonly Option<string> Profiles = new("--profiles")
    {
        Description = "Directory of the profiles; a relative one lies beside the program.",
        DefaultValueFactory = _ => "profiles",
    };

    private static readonly Option<int> Unit = new("--unit") { Description = "Modbus unit, 0 to 255.", DefaultValueFactory = _ => 1 };

    private static readonly Option<decimal> Ratio = new("--ratio")
    {
        Description = "Transformer ratio PT × CT.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Point = new("--point") { Description = "Also shows what this point might mean instead." };

    private static readonly Option<decimal?> Expect = new("--expect")
    {
        Description = "What the device's display shows for --point, in its unit: says which byte order and address agree with it.",
    };

    private static readonly Option<int?> Watch = new("--watch")
    {
        Description = "Reads again each so many seconds, until Ctrl-C; 1 to 3600.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Answers as one JSON object a read." };

    public static Command Create()
    {
        var command = new Command("read", "Reads a device once and shows each value beside its raw registers. Writes nothing.")
        {
            Profile, Unit, Ratio, Point, Expect, Watch, Json, Profiles,
        };
        LineArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static IEnumerable<string> Mistakes(ParseResult parsed)
    {
        foreach (var mistake in LineArguments.Mistakes(parsed)) yield return mistake;
        if (parsed.GetValue(Unit) is < 0 or > 255) yield return "--unit must be 0 to 255";
        if (parsed.GetValue(Ratio) is <= 0 or > 1_000_000) yield return "--ratio must be greater than 0, at most 1000000";
        if (parsed.GetValue(Watch) is < 1 or > 3_600) yield return "--watch must be 1 to 3600";
        if (parsed.GetValue(Expect) is not null && parsed.GetValue(Point) is null) yield return "--expect needs a --point";
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var mistakes = Mistakes(parsed).ToList();
        var profile = Load(parsed, mistakes);
        foreach (var mistake in mistakes) await Console.Error.WriteLineAsync(mistake);
        if (profile is null) return 2;

        await using var client = LineArguments.Open(parsed);
        var reader = new DeviceReader(client, (byte)parsed.GetValue(Unit), profile);
        var head = string.Create(
            CultureInfo.InvariantCulture, $"{profile.Name}, {LineArguments.AddressOf(parsed)} unit {parsed.GetValue(Unit)}");
        while (true)
        {
            var isGood = await ReadAsync(parsed, reader, head, cancellationToken);
            if (parsed.GetValue(Watch) is not { } seconds) return isGood ? 0 : 1;
            await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return isGood ? 0 : 1;
        }
    }

    private static DeviceProfile? Load(ParseResult parsed, List<string> mistakes)
    {
        var (name, folder) = (parsed.GetRequiredValue(Profile), Path.Combine(AppContext.BaseDirectory, parsed.GetRequiredValue(Profiles)));
        var profile = ProfileFolder.Load(folder, [name], mistakes).GetValueOrDefault(name);
        if (profile is null) return null;
        if (profile.Protocol != DeviceProtocol.Modbus) mistakes.Add($"profile '{name}' is of no Modbus device");
        if (parsed.GetValue(Point) is { } point && profile.Points.All(p => p.Name != point))
            mistakes.Add($"profile '{name}' has no point '{point}'; it has {string.Join(", ", profile.Points.Select(p => p.Name))}");
        if (mistakes.Count > 0) return null;
        return profile with { Points = [.. profile.Points.Select(p => p.WithRatio(parsed.GetValue(Ratio)))] };
    }

    private static async Task<bool> ReadAsync(ParseResult parsed, DeviceReader reader, string head, CancellationToken cancellationToken)
    {
        var readings = await reader.ReadAsync(cancellationToken);
        var wanted = parsed.GetValue(Point);
        var doubts = new List<Doubt>();
        foreach (var reading in readings.Where(r => r.IsDoubtful || r.Point.Name == wanted))
        {
            if (await reader.DoubtAsync(reading, cancellationToken) is { } doubt) doubts.Add(doubt);
        }
        var agreeing = Agreeing(parsed, readings, doubts);
        var report = new ReadReport(head, readings, doubts, parsed.GetValue(Expect), agreeing);
        await Console.Out.WriteLineAsync(parsed.GetValue(Json) ? report.ToJson() : report.ToText());
        return readings.All(r => r.Failure is null) && (agreeing is null || agreeing.Any(g => g.IsOwn));
    }

    private static IReadOnlyList<Guess>? Agreeing(ParseResult parsed, IReadOnlyList<PointReading> readings, List<Doubt> doubts)
    {
        if (parsed.GetValue(Expect) is not { } display) return null;
        var point = readings.First(r => r.Point.Name == parsed.GetValue(Point)).Point;
        return doubts.Find(d => d.Point == point.Name)?.Agreeing(display, point.Resolution) ?? [];
    }
}
