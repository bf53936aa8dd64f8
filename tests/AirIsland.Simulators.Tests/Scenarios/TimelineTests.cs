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
    public void What_has_not_begun_is_not_told_and_what_is_not_over_has_no_end()
    {
        var (plant, timeline) = Live(
            """
            { "kind": "trip", "name": "later", "compressor": "compressor-1", "from": "1.00:00:00" },
            { "kind": "trip", "name": "now", "compressor": "compressor-2", "from": "0.00:00:00", "to": "0.00:00:02" }
            """);
        timeline.Advance();
        plant.Step(TimeSpan.FromSeconds(1));

        var now = Assert.Single(timeline.Truths);
        Assert.Equal(("now", plant.Station.Spec.Start), (now.Name, now.From));
        Assert.NotEmpty(now.Amounts);
        Assert.Null(now.To);

        plant.Step(TimeSpan.FromSeconds(1));
        timeline.Advance();
        Assert.Equal(plant.Station.Spec.Start.AddSeconds(2), Assert.Single(timeline.Truths).To);
    }

    [Fact]
    public void An_event_that_grows_is_full_at_its_second_and_not_a_minute_later()
    {
        var (plant, timeline) = Live(
            """{ "kind": "leak", "name": "x", "leak": "hole", "from": "0.00:00:00", "over": "0.00:01:30", "diameterMm": 6 }""");
        for (var second = 0; second <= 90; second++)
        {
            timeline.Advance();
            if (second < 90) plant.Step(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(6, plant.Station.Leaks[0].DiameterMm);
    }

    [Fact]
    public void One_event_may_begin_where_another_ends_in_whatever_order_they_are_written()
    {
        var (plant, timeline) = Live(
            """
            { "kind": "leak", "name": "second", "leak": "hole", "from": "0.00:00:10", "to": "0.00:00:20", "diameterMm": 6 },
            { "kind": "leak", "name": "first", "leak": "hole", "from": "0.00:00:00", "to": "0.00:00:10", "diameterMm": 4 }
            """);
        var sizes = new List<double>();
        for (var second = 0; second <= 20; second++)
        {
            timeline.Advance();
            if (second % 5 == 0) sizes.Add(plant.Station.Leaks[0].DiameterMm);
            plant.Step(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([4, 4, 6, 6, 0], sizes);
    }

    [Theory]
    [InlineData("leak", "\"leak\": \"hole\", \"diameterMm\": 4", "leak 'hole'")]
    [InlineData("mains", "\"over\": \"00:00:00\"", "mains")]
    [InlineData("wear", "\"compressor\": \"compressor-1\", \"capacityLoss\": 0.1", "condition of 'compressor-1'")]
    [InlineData("trip", "\"compressor\": \"compressor-1\"", "stop of 'compressor-1'")]
    [InlineData("filter", "\"times\": 4", "filter")]
    [InlineData("dryer", "\"over\": \"00:00:00\"", "dryer")]
    [InlineData("drain", "\"fault\": \"stuckOpen\"", "drain")]
    [InlineData("valve", "\"pipe\": \"lifode pipe\", \"opening\": 0.5", "valve of 'lifode pipe'")]
    [InlineData("cooling", "\"pump\": true", "pump of the cooling water")]
    [InlineData("meter", "\"meter\": \"lifode-flow\", \"fault\": { \"kind\": \"stuck\" }", "sensors of 'lifode-flow'")]
    [InlineData("meter", "\"meter\": \"lifode-flow\", \"fault\": { \"kind\": \"registerReset\" }", "registers of 'lifode-flow'")]
    public void Two_events_on_one_thing_at_once_are_refused(string kind, string said, string thing)
    {
        var two = $$"""
            { "kind": "{{kind}}", "name": "one", "from": "0.01:00:00", "to": "0.03:00:00", {{said}} },
            { "kind": "{{kind}}", "name": "two", "from": "0.02:00:00", {{said}} }
            """;
        var refusal = Assert.Throws<FormatException>(() => Live(two)).Message;
        Assert.Contains($"one and two: two events on the {thing} at once", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pump_and_a_fan_that_fail_at_once_each_work_again_in_their_own_time()
    {
        var scenario = Read(
            """
            { "use": "park" }
            """,
            """
            { "kind": "cooling", "name": "pump", "from": "0.00:00:00", "to": "0.00:00:20", "pump": true },
            { "kind": "cooling", "name": "fan", "from": "0.00:00:05", "to": "0.00:00:10", "fan": true }
            """);
        var plant = scenario.BuildMetered(scenario.Stations[0], 1);
        var timeline = scenario.EventsOf(plant);
        var water = plant.Station.Water.CoolingWater ?? throw new InvalidOperationException("the park has water-cooled machines");
        var seen = new List<(bool, bool)>();
        for (var second = 0; second <= 20; second++)
        {
            timeline.Advance();
            if (second % 5 == 0) seen.Add((water.PumpFailed, water.FanFailed));
            plant.Step(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([(true, false), (true, true), (true, false), (true, false), (false, false)], seen);
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
