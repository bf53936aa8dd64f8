using System.CommandLine;
using System.Text.Json;

namespace AirIsland.Simulators.Scenarios;

/// <summary>The verb <c>scenario</c>. Exit 0 done, 1 stopped, 2 wrong call.</summary>
internal static class ScenarioCommand
{
    private const int Day = 86_400;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Argument<string> Name = new("name") { Description = "moushan" };

    private static readonly Option<string?> Summary = new("--summary") { Description = "json: the figures as one line." };

    private static readonly Option<int> Days = new("--days")
    {
        Description = "How long the stations live, 1 to 3650 days; a year.",
        DefaultValueFactory = _ => 365,
    };

    private static readonly Option<ulong> Seed = new("--seed") { DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("scenario", "Lets the stations of a scenario live, and compares them.") { Name, Summary, Days, Seed };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // A signal is a regular end only for a handler that has given its task back.
        await Task.Yield();
        try
        {
            var days = parsed.GetValue(Days);
            if (days is < 1 or > 3650) throw new FormatException($"--days {days}: 1 to 3650 is wanted");
            var summary = parsed.GetValue(Summary);
            if (summary is not (null or "json")) throw new FormatException($"--summary {summary}: only json is known");
            var scenario = ScenarioFile.Load(parsed.GetValue(Name) ?? "");
            if (!scenario.IsComparison) throw new FormatException($"scenario '{scenario.Name}' compares nothing: it is served live");
            var figures = ScenarioRun.Run(scenario, days * Day, parsed.GetValue(Seed), cancellationToken);
            var report = ScenarioReport.Of(scenario, days, figures);
            await Console.Out.WriteLineAsync(summary is null ? report.ToText() : JsonSerializer.Serialize(report, Json));
            return 0;
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            return 1;
        }
    }
}
