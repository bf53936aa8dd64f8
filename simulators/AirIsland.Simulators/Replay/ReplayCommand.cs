using System.CommandLine;

namespace AirIsland.Simulators.Replay;

/// <summary>The verb <c>replay</c>. Exit 0 done, 1 failed, 2 wrong call, description or file.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> Description = new("description") { Description = "JSON file: which column is which point." };

    private static readonly Option<string?> File = new("--file") { Description = "The CSV or Parquet file, instead of the description's." };

    private static readonly Option<string?> Speed = new("--speed")
    {
        Description = "Seconds of the file in a second of the clock, or max: as fast as possible.",
    };

    private static readonly Option<int?> Port = new("--port")
    {
        Description = "What the lowest Modbus port becomes; the others keep their distance. 0 takes free ones.",
    };

    public static Command Create()
    {
        var command = new Command("replay", "Plays a CSV or Parquet file as devices.") { Description, File, Speed, Port };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // A signal is a regular end only for a handler that has given its task back; reading a file begins without a pause.
        await Task.Yield();
        try
        {
            var port = parsed.GetValue(Port);
            if (port is < 0 or > 65_535) throw new FormatException($"--port {port}: 0 to 65535 is wanted");
            var path = parsed.GetValue(Description) ?? "";
            var plan = PlanBuilder.Build(Changed(DescriptionFile.Load(path), parsed), path);
            await ReplayApp.RunAsync(plan, port, Console.Out, cancellationToken: cancellationToken);
            return 0;
        }
        catch (Exception e) when (e is ReplayException or FormatException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static ReplayDescription Changed(ReplayDescription description, ParseResult parsed) => description with
    {
        File = parsed.GetValue(File) ?? description.File,
        Speed = parsed.GetValue(Speed) is { } speed ? ReplaySpeed.Parse(speed) : description.Speed,
    };
}
