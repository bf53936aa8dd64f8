using System.CommandLine;
using System.Text.Json;
using AirIsland.Simulators.Scenarios.Recording;

namespace AirIsland.Simulators.Scenarios;

/// <summary>The verb <c>scenario</c>. Exit 0 done, 1 stopped or not written, 2 wrong call.</summary>
internal static class ScenarioCommand
{
    private const int Day = 86_400;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly Argument<string> Name = new("name") { Description = string.Join(", ", ScenarioFile.Names) };

    private static readonly Option<string?> Summary = new("--summary") { Description = "json: the figures as one line." };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Directory for data.csv, replay.json, truth.csv and truth.json; of several stations each has its own in it.",
    };

    private static readonly Option<int?> Days = new("--days") { Description = "How long it lasts, 1 to 3650 days; by default as it says." };

    private static readonly Option<ulong> Seed = new("--seed") { DefaultValueFactory = _ => 1 };

    public static Command Create()
    {
        var command = new Command("scenario", "Lets the stations of a scenario live, compares them, and records what their meters show.")
        {
            Name, Summary, Out, Days, Seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        // A signal is a regular end only for a handler that has given its task back.
        await Task.Yield();
        try
        {
            var scenario = ScenarioFile.Load(parsed.GetValue(Name) ?? "");
            var days = parsed.GetValue(Days) ?? scenario.Days;
            if (days is < 1 or > ScenarioFile.MostDays) throw new FormatException($"--days {days}: 1 to {ScenarioFile.MostDays} is wanted");
            var isJson = parsed.GetValue(Summary) switch
            {
                null => false,
                "json" => true,
                var other => throw new FormatException($"--summary {other}: only json is known"),
            };
            var directory = parsed.GetValue(Out);
            if (directory is null && !scenario.IsComparison)
                throw new FormatException($"scenario '{scenario.Name}' compares nothing: --out DIRECTORY says where its data and truth go");
            var seed = parsed.GetValue(Seed);
            if (scenario.IsComparison)
            {
                var report = ScenarioReport.Of(scenario, days, ScenarioRun.Run(scenario, days * Day, seed, cancellationToken));
                await Console.Out.WriteLineAsync(isJson ? JsonSerializer.Serialize(report, Json) : report.ToText());
            }
            if (directory is null) return 0;
            foreach (var station in scenario.Stations)
            {
                var own = scenario.Stations.Count == 1 ? directory : Path.Combine(directory, station.Name);
                var truth = ScenarioRecorder.Record(scenario, station, days * Day, seed, own, cancellationToken);
                if (!scenario.IsComparison) await Console.Out.WriteLineAsync(isJson ? truth.ToJson() : truth.ToText());
            }
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
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
