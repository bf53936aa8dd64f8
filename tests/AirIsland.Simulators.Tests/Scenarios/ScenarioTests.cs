using System.Text;
using AirIsland.Simulators.Scenarios;
using AirIsland.SystemTests;

namespace AirIsland.Simulators.Tests.Scenarios;

public class ScenarioTests
{
    private const int Day = 86_400;
    private const string Screw = "\"kind\": \"screw-load-unload\"";

    [Fact]
    public void Both_sides_serve_the_same_companies_and_the_shared_station_spends_less()
    {
        var figures = ScenarioRun.Run(ScenarioFile.Load("moushan"), 7 * Day, 1, default);
        var report = ScenarioReport.Of(ScenarioFile.Load("moushan"), 7, figures);

        // Unregulated machines follow the pressure, so the two sides do not use quite the same.
        Assert.InRange(report.Before.UsedM3 / report.After.UsedM3, 0.97, 1.06);
        Assert.True(report.After.KWh < 0.8 * report.Before.KWh, $"{report.After} {report.Before}");
        Assert.All(figures, f => Assert.Equal(f.KWh, f.Companies.Sum(c => c.AllocatedKWh), 2.0));
        Assert.All(figures, f => Assert.Equal(f.M3, f.Companies.Sum(c => c.M3), 2.0));
    }

    [LongFact]
    public void A_year_of_moushan_is_within_five_percent_of_what_was_published()
    {
        var scenario = ScenarioFile.Load("moushan");
        var report = ScenarioReport.Of(scenario, 365, ScenarioRun.Run(scenario, 365 * Day, 1, default));

        Assert.Equal(1, report.Before.KWhPerM3 / report.Published.Before, 0.05);
        Assert.Equal(1, report.After.KWhPerM3 / report.Published.After, 0.05);
        Assert.Equal(1, report.SavingPercent / report.Published.SavingPercent, 0.05);
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures() => Assert.Equal(Figures(1), Figures(1));

    [Theory]
    [InlineData("nowhere", "there is no scenario 'nowhere'; there are compressor-trip, compressor-wear, ")]
    public void An_unknown_scenario_is_named_with_those_there_are(string name, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => ScenarioFile.Load(name)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("\"kind\": \"steam\"", "no machine 'steam'")]
    [InlineData("\"kind\": 7", "scenario 'x'")]
    [InlineData("\"knid\": \"x\"", "scenario 'x'")]
    [InlineData(Screw, "there is no company 'nobody'", "\"company\": \"nobody\"")]
    [InlineData(Screw, "a branch names a known company or describes one", "\"lengthM\": 100")]
    [InlineData(Screw, "a branch names a known company or describes one", "\"company\": \"lifode\", \"consumer\": { \"name\": \"x\" }")]
    public void A_wrong_file_says_what_is_wrong(string kind, string named, string branch = "\"company\": \"lifode\"")
    {
        var json = $$"""
            { "name": "x", "text": "x", "start": "2026-01-01T00:00:00+08:00", "stations": [ { "name": "s", "side": "after",
              "machines": [ { {{kind}}, "loadMPa": 0.6, "unloadMPa": 0.7 } ], "branches": [ { {{branch}} } ] } ] }
            """;

        var failure = Assert.Throws<FormatException>(() =>
        {
            var scenario = ScenarioFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "x");
            scenario.Build(scenario.Stations[0], 1);
        });

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
    }

    private static string Figures(ulong seed) =>
        string.Join('\n', ScenarioRun.Run(ScenarioFile.Load("moushan"), Day, seed, default).Select(f => $"{f.M3} {f.KWh} {f.HeaderMPa}"));
}
