using System.CommandLine;
using System.Globalization;
using AirIsland.Demo.Summary;
using AirIsland.Edge.Outbox;
using Microsoft.Extensions.Options;

namespace AirIsland.Demo;

/// <summary>The demo's command line. Exit 0 done, 1 failed, 2 wrong call.</summary>
internal static class DemoCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Directory of everything it keeps. A second start on the same directory goes on where the first ended.",
        DefaultValueFactory = _ => Path.Combine("data", "demo"),
    };

    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Station seconds per real second, 1 to 120. At 1 the station is on real time.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string?> Duration = new("--duration")
    {
        Description = "Real time after which it ends by itself: 40s, 5m.",
    };

    private static readonly Option<string?> Summary = new("--summary")
    {
        Description = "With json: runs headless, judges the whole chain, prints the summary as its last line.",
    };

    private static readonly Option<string?> Kill = new("--kill")
    {
        Description = "With --summary: what is killed (SIGKILL) when, and started again: edge:10s,cloud:20s.",
    };

    private static readonly Option<bool> FreePorts = new("--free-ports")
    {
        Description = "Takes free ports instead of the usual ones, so that it disturbs nothing that runs already.",
    };

    private static readonly Option<DemoRole> Role = new("--role") { Hidden = true };
    private static readonly Option<string?> Clock = new("--clock") { Hidden = true };
    private static readonly Option<string[]> Set = new("--set")
    {
        Description = "A setting of a part, as in its settings file: --set Edge:Devices:0:Unit=9. May be given several times.",
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("A simulated station, its edge, the cloud and the pages in one process.")
        {
            Data, Speed, Duration, Summary, Kill, FreePorts, Role, Clock, Set,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                return await DemoApp.RunAsync(Options(parsed), cancellationToken);
            }
            catch (FormatException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 2;
            }
            catch (OptionsValidationException e)
            {
                foreach (var mistake in e.Failures) await Console.Error.WriteLineAsync(mistake);
                return 2;
            }
            catch (Exception e) when (e is OutboxException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static DemoOptions Options(ParseResult parsed)
    {
        var summary = parsed.GetValue(Summary);
        if (summary is not (null or "json")) throw new FormatException($"--summary {summary}: only json is known");
        var speed = parsed.GetValue(Speed);
        if (speed is not (>= 1 and <= 120)) throw new FormatException($"--speed {speed}: 1 to 120 is wanted");
        var kills = PlannedKill.Parse(parsed.GetValue(Kill));
        if (kills.Length > 0 && summary is null) throw new FormatException("--kill goes with --summary json");
        return new(
            Path.GetFullPath(parsed.GetValue(Data) ?? "data"),
            speed,
            parsed.GetValue(Duration) is { } text ? DurationText.Parse("--duration", text) : null,
            summary is not null,
            kills)
        {
            FreePorts = parsed.GetValue(FreePorts),
            Role = parsed.GetValue(Role),
            Clock = parsed.GetValue(Clock) is { } clock ? ParseClock(clock) : null,
            Settings = [.. (parsed.GetValue(Set) ?? []).Select(setting => $"--{setting}")],
        };
    }

    private static (DateTimeOffset Start, DateTimeOffset Origin) ParseClock(string text)
    {
        var parts = text.Split('@');
        return (DateTimeOffset.Parse(parts[0], CultureInfo.InvariantCulture), DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
