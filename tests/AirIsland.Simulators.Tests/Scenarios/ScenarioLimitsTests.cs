using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using AirIsland.Simulators.Scenarios;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>Whatever stands in a scenario's file, it is refused in one line or it lives an hour with figures that are numbers.</summary>
public class ScenarioLimitsTests
{
    private const string Whole = """
        { "name": "x", "text": "x", "start": "2026-03-09T08:00:00+08:00", "days": 1, "everySeconds": 60, "stations": [ {
          "name": "s", "side": "after", "wetReceiverM3": 5, "dryReceiverM3": 5,
          "machines": [ { "kind": "two-stage-load-unload", "count": 2, "id": "m", "flowM3PerMin": 20, "specificPower": 5.5, "loadMPa": 0.6,
            "unloadMPa": 0.7, "cascadeMPa": 0.01, "idleSeconds": 60, "capacityLoss": 0.1, "powerGain": 0.1 } ],
          "treatment": { "flowM3PerMin": 40, "dryer": "refrigerated", "drain": "timed" },
          "heatRecovery": { "capacityKW": 50, "demandKW": 20, "supplyCelsius": 65, "returnCelsius": 45, "pumpKW": 1 },
          "mains": [ { "to": "east", "lengthM": 100, "diameterMm": 100 } ],
          "leaks": [ { "id": "hole", "place": "header", "diameterMm": 3 } ],
          "branches": [ { "at": "east", "lengthM": 100, "diameterMm": 80, "volumeM3": 2, "regulatedMPa": 0.5, "consumer": {
            "name": "c", "idleM3PerMin": 1, "growthPerYear": 0.1, "yearlyM3": 1000000, "referencePa": 701325, "starvingPa": 501325,
            "shifts": [ { "fromHour": 6, "toHour": 22 } ],
            "machines": [ { "name": "p", "count": 2, "flowM3PerMin": 3, "duty": 0.5, "cycleSeconds": 60, "spreadMinutes": 5,
              "warmUpMinutes": 5, "idleShare": 0.1, "availability": 1 } ] } } ],
          "meters": [ { "id": "f", "profile": "suto-s401", "at": "c", "ratio": 1,
            "points": { "VolumeFlowRate": { "class": "1.5", "gain": 0.01, "cutOff": 0.1 }, "AccumulatedVolume": { "initial": 5 } } } ] } ],
          "events": [
            { "kind": "leak", "name": "l", "leak": "hole", "from": "0.00:10:00", "to": "0.00:50:00", "over": "0.00:20:00",
              "firstMm": 1, "diameterMm": 5 },
            { "kind": "wear", "name": "w", "compressor": "m-1", "from": "0.00:10:00", "capacityLoss": 0.1, "powerGain": 0.1,
              "intakeFilterPa": 1000, "coolerLoss": 0.2 },
            { "kind": "filter", "name": "f", "from": "0.00:10:00", "times": 3 },
            { "kind": "valve", "name": "v", "pipe": "c pipe", "from": "0.00:10:00", "opening": 0.5 },
            { "kind": "meter", "name": "j", "meter": "f", "from": "0.00:10:00", "fault": { "kind": "registerJump", "by": 7 } } ] }
        """;

    [Fact]
    public void What_the_other_tests_spoil_is_in_order() => Assert.Null(RefusalOf(JsonNode.Parse(Whole)!));

    /// <summary>Every number of the file in turn.</summary>
    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("-1e300")]
    [InlineData("1e300")]
    [InlineData("1e-300")]
    [InlineData("1e999")]
    [InlineData("null")]
    [InlineData("\"NaN\"")]
    [InlineData("[]")]
    public void Any_number_may_be_anything(string value)
    {
        var numbers = Paths(JsonNode.Parse(Whole)!).ToArray();
        Assert.True(numbers.Length > 50);
        foreach (var path in numbers)
        {
            var spoiled = JsonNode.Parse(Whole)!;
            Set(spoiled, path, JsonNode.Parse(value));
            var refusal = RefusalOf(spoiled, string.Join('.', path));
            Assert.False(refusal?.Contains('\n') ?? false, $"{string.Join('.', path)}: {refusal}");
        }
    }

    [Theory]
    [InlineData("stations.0.machines", "[]", "it has 0 machines, not 1 to 100")]
    [InlineData("stations", "[]", "1 to 20 stations are wanted")]
    [InlineData("stations", "null", "scenario 'x'")]
    [InlineData("stations.0.branches", "[null]", "null in the list $.stations[0].branches")]
    [InlineData("stations.0.name", "\"../up\"", "'../up' is no name for a station")]
    [InlineData("stations.0.side", "\"During\"", "neither before nor after")]
    [InlineData("stations.0.wetReceiverM3", "0.2", "WetReceiverM3 is not within 0.4 to 10000")]
    [InlineData("stations.0.machines.0.count", "1000000000", "1000000000 of two-stage-load-unload")]
    [InlineData("stations.0.machines.0.capacityLoss", "0.7", "a capacity loss is 0 to 0.5")]
    [InlineData("stations.0.branches.0.lengthM", "0", "c: LengthM is not within 1 to 10000")]
    [InlineData("stations.0.branches.0.diameterMm", "-80", "c: DiameterMm is not within 15 to 500")]
    [InlineData("stations.0.branches.0.consumer.name", "\"m-1\"", "two things are called 'm-1'")]
    [InlineData("stations.0.branches.0.consumer.name", "\"controller\"", "two things are called 'controller'")]
    [InlineData("stations.0.branches.0.consumer.machines.0.count", "100000000", "a count of 0 to 1000")]
    [InlineData("stations.0.mains.0.to", "\"header\"", "begins and ends at 'header'")]
    [InlineData("stations.0.leaks.0.diameterMm", "-3", "leak 'hole': DiameterMm is not within 0 to 50")]
    [InlineData("stations.0.meters.0.points.AccumulatedVolume.initial", "1e27", "initial of 'AccumulatedVolume' is not within")]
    [InlineData("stations.0.treatment.dryer", "\"sponge\"", "scenario 'x'")]
    [InlineData("start", "\"0002-01-01T00:00:00+08:00\"", "it begins in 2, not in 1990 to 2100")]
    [InlineData("events.0.kind", "null", "scenario 'x'")]
    [InlineData("events.0.diameterMm", "1e300", "is not from 0 to 50")]
    [InlineData("events.0.to", "\"10000.00:00:00\"", "after more than 3650 days")]
    [InlineData("events.0.over", "\"0.01:00:00\"", "l: it grows for 01:00:00 and is over before that")]
    [InlineData("events.1.capacityLoss", "0.45", "w: a capacity loss is 0 to 0.5")]
    [InlineData("events.3.opening", "1e-200", "is between 0 and 0.001")]
    [InlineData("events.4.fault.by", "1e27", "j: by is from")]
    public void What_cannot_be_is_named(string path, string value, string message)
    {
        var spoiled = JsonNode.Parse(Whole)!;
        Set(spoiled, path.Split('.'), JsonNode.Parse(value));

        Assert.Contains(message, RefusalOf(spoiled) ?? "it was taken", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("machines")]
    [InlineData("branches")]
    [InlineData("leaks")]
    [InlineData("meters")]
    public void Nothing_is_there_twice(string list)
    {
        var spoiled = JsonNode.Parse(Whole)!;
        var all = spoiled["stations"]![0]![list]!.AsArray();
        all.Add(all[0]!.DeepClone());

        Assert.Matches("two .* called|have one id", RefusalOf(spoiled) ?? "it was taken");
    }

    [Fact]
    public void A_station_that_begins_as_itself_is_refused()
    {
        const string Circle = """{ "stations": [ { "use": "circle" } ] }""";
        // The scenarios that can be named are the product's own: none is a circle.
        var complete = typeof(ScenarioFile).Assembly.GetType("AirIsland.Simulators.Scenarios.ScenarioText")?.GetMethod(
            "Complete", BindingFlags.NonPublic | BindingFlags.Static) ?? throw new InvalidOperationException("it is not there");
        Func<string, Stream> open = _ => Text(Circle);

        var refusal = Assert.Throws<FormatException>(
            () => complete.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [Text(Circle), open, 0], null));

        Assert.Contains("begin as one another", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "name": "x", "name": "y" }""")]
    [InlineData("""{ "stations": [ { "use": "demo", "add": 5 } ] }""")]
    [InlineData("""{ "stations": [ { "use": "demo", "add": { "leaks": {} } } ] }""")]
    [InlineData("[]")]
    [InlineData("")]
    public void A_text_that_is_no_scenario_is_refused(string json)
    {
        var refusal = Assert.Throws<FormatException>(() => ScenarioFile.Read(Text(json), "x"));
        Assert.StartsWith("scenario 'x': ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_in_which_nothing_flows_is_refused_and_its_events_happen()
    {
        var json = JsonNode.Parse(Whole)!;
        var before = json["stations"]![0]!.DeepClone();
        (before["name"], before["side"]) = ("t", "before");
        json["stations"]!.AsArray().Add(before);
        var scenario = Read(json);

        var figures = ScenarioRun.Run(scenario, 3600, 1, default);
        var calm = ScenarioRun.Run(scenario with { Events = [] }, 3600, 1, default);
        Assert.True(figures[0].LeakedShare > 1.2 * calm[0].LeakedShare, $"{figures[0].LeakedShare} {calm[0].LeakedShare}");
        Assert.Contains(
            "no air went to a company of 's'",
            Assert.Throws<FormatException>(() => ScenarioReport.Of(scenario, 1, [figures[0] with { M3 = 0 }, figures[1]])).Message,
            StringComparison.Ordinal);
    }

    /// <summary>Null: it lived an hour, and all of its figures are numbers.</summary>
    private static string? RefusalOf(JsonNode json, string what = "")
    {
        try
        {
            var scenario = Read(json);
            var plant = scenario.BuildMetered(scenario.Stations[0], 1);
            var timeline = scenario.EventsOf(plant);
            for (var second = 0; second < 3600; second++)
            {
                timeline.Advance();
                plant.Step(TimeSpan.FromSeconds(1));
            }
            var truth = plant.Station.Truth;
            var lowest = plant.Station.Network.Nodes.Min(n => n.Pa);
            Assert.True(Math.Abs(truth.AirResidualKg) <= 1e-9 * Math.Max(1, truth.IntakeKg), $"{what}: {truth}");
            Assert.True(lowest is > 5e4 and < 1.5e6 && double.IsFinite(truth.ElectricJ) && truth.UsedKg >= 0, $"{what}: {lowest} {truth}");
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    private static ScenarioFile Read(JsonNode json) => ScenarioFile.Read(Text(json.ToJsonString()), "x");

    private static MemoryStream Text(string json) => new(Encoding.UTF8.GetBytes(json));

    private static IEnumerable<string[]> Paths(JsonNode node) => node switch
    {
        JsonObject thing => thing.SelectMany(p => Paths(p.Value!).Select(rest => (string[])[p.Key, .. rest])),
        JsonArray list => list.SelectMany((one, i) => Paths(one!).Select(rest => (string[])[$"{i}", .. rest])),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number => [[]],
        _ => [],
    };

    private static void Set(JsonNode json, string[] path, JsonNode? value)
    {
        var at = path[..^1].Aggregate(json, (node, step) => node is JsonArray ? node[Number(step)]! : node[step]!);
        if (at is JsonArray list) list[Number(path[^1])] = value;
        else at[path[^1]] = value;
    }

    private static int Number(string step) => int.Parse(step, CultureInfo.InvariantCulture);
}
