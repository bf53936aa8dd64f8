using System.Text;
using AirIsland.Simulators.Scenarios;
using AirIsland.Simulators.Scenarios.Events;

namespace AirIsland.Simulators.Tests.Scenarios;

public class TimelineTests
{
    [Fact]
    public void An_event_is_there_from_its_first_second_to_the_one_before_its_last()
    {
        var (plant, timeline) = Live(
            """{ "kind": "leak", "name": "x", "leak": "hole", "from": "0.00:00:10", "to": "0.00:00:20", "diameterMm": 4 }""");
        var open = new List<int>();
        for (var second = 0; second < 30; second++)
        {
            timeline.Advance();
            if (plant.Station.Leaks[0].DiameterMm > 0) open.Add(second);
            plant.Step(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Enumerable.Range(10, 10), open);
        Assert.Equal(plant.Station.Truth.LeakedKg / 1.2041, timeline.Truths[0].Amounts["lostM3"], 1e-4);
    }

    [Fact]
    public void A_growing_event_grows_in_a_line_and_then_stays()
    {
        var (plant, timeline) = Live(
            """
            { "kind": "leak", "name": "x", "leak": "hole", "from": "0.00:00:00", "over": "0.01:00:00",
              "firstMm": 2, "diameterMm": 6 }
            """);
        var sizes = new List<double>();
        for (var second = 0; second <= 7200; second++)
        {
            timeline.Advance();
            if (second % 1800 == 0) sizes.Add(plant.Station.Leaks[0].DiameterMm);
            plant.Step(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([2, 4, 6, 6, 6], sizes.Select(s => Math.Round(s, 1)));
    }

    [Fact]
    public void What_has_not_begun_has_no_amounts_and_what_lasts_has_no_end()
    {
        var (plant, timeline) = Live(
            """
            { "kind": "trip", "name": "later", "compressor": "compressor-1", "from": "1.00:00:00" },
            { "kind": "trip", "name": "now", "compressor": "compressor-2", "from": "0.00:00:00" }
            """);
        timeline.Advance();
        plant.Step(TimeSpan.FromSeconds(1));

        Assert.Empty(timeline.Truths[0].Amounts);
        Assert.NotEmpty(timeline.Truths[1].Amounts);
        Assert.Null(timeline.Truths[1].To);
        Assert.Equal(plant.Station.Spec.Start, timeline.Truths[1].From);
    }

    [Theory]
    [InlineData("leak", "\"leak\": \"none\", \"diameterMm\": 4", "x: there is no leak 'none'")]
    [InlineData("trip", "\"compressor\": \"c\"", "no compressor 'c'; there are compressor-1")]
    [InlineData("trip", "\"compressor\": \"compressor-1\", \"over\": \"0.01:00:00\"", "cannot grow")]
    [InlineData("mains", "\"to\": \"0.01:00:00\"", "x: it ends at 01:00:00, not after 02:00:00")]
    [InlineData("valve", "\"pipe\": \"p\", \"opening\": 0.5", "no pipe 'p'; there are")]
    [InlineData("valve", "\"pipe\": \"lifode pipe\", \"opening\": 1.5", "not from 0 to 1")]
    [InlineData("filter", "\"times\": 0.5", "not above 1")]
    [InlineData("cooling", "\"pump\": true", "no cooling water")]
    [InlineData("network", "\"meters\": [\"m\"]", "no meter 'm'")]
    [InlineData("meter", "\"meter\": \"lifode-flow\", \"fault\": { \"kind\": \"stuck\", \"point\": \"p\" }", "no point 'p'")]
    [InlineData("earthquake", "\"size\": 7", "scenario 'x'")]
    public void An_event_that_cannot_happen_is_refused_by_name_before_anything_happens(string kind, string said, string message)
    {
        var one = $$"""{ "kind": "{{kind}}", "name": "x", "from": "0.02:00:00", {{said}} }""";
        Assert.Contains(message, Assert.Throws<FormatException>(() => Live(one)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_before_the_start_and_two_of_one_name_are_refused()
    {
        const string Mains = """{ "kind": "mains", "name": "x", "from": "0.00:00:00" }""";
        Assert.Contains(
            "two events are called 'x'", Assert.Throws<FormatException>(() => Live($"{Mains}, {Mains}")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "before the scenario",
            Assert.Throws<FormatException>(() => Live(Mains.Replace("0.00", "-0.02", StringComparison.Ordinal))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"nowhere\"", "no scenario 'nowhere'")]
    [InlineData("\"demo/nowhere\"", "no station 'demo/nowhere'")]
    [InlineData("7", "no scenario '7'")]
    public void A_station_that_begins_as_one_that_is_not_there_is_refused(string use, string message)
    {
        var refusal = Assert.Throws<FormatException>(() => Read($$"""{ "use": {{use}} }""", ""));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static (AirIsland.Simulators.Devices.MeteredStation Plant, Timeline Timeline) Live(string events)
    {
        var scenario = Read("""{ "use": "demo", "leaks": [ { "id": "hole", "place": "header" } ] }""", events);
        var plant = scenario.BuildMetered(scenario.Stations[0], 1);
        return (plant, scenario.EventsOf(plant));
    }

    private static ScenarioFile Read(string station, string events)
    {
        var json = $$"""
            { "name": "x", "text": "x", "start": "2026-03-09T08:00:00+08:00", "stations": [ {{station}} ], "events": [ {{events}} ] }
            """;
        return ScenarioFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)), "x");
    }
}
