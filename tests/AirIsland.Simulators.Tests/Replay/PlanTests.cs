using AirIsland.Simulators.Replay;
using AirIsland.Simulators.Replay.Tables;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class PlanTests : IDisposable
{
    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_mistake_of_a_description_is_found_at_once()
    {
        var path = _bench.Write(
            "wrong.json",
            """
            {
              "time": { "column": "t", "format": "M/d/yyyy" }, "speed": "max", "end": "loop", "encoding": "klingon", "begin": "soon",
              "devices": [
                { "id": "a", "profile": "sundial", "points": { "x": { "column": "a" } } },
                { "id": "b", "profile": "acrel-dtsd1352", "ratio": 0, "points": { "electrical/Power": { "column": "a" } } },
                { "id": "c", "profile": "acrel-dtsd1352", "unit": 2, "points": {
                    "electrical/Power": { "column": "a", "unit": "bar" }, "nothing": { "column": "a" }, "electrical/Frequency": {} } },
                { "id": "c", "profile": "mqtt-flow", "points": { "VolumeFlowRate": { "value": 1 } } }
              ]
            }
            """);

        var mistakes = Assert.Throws<ReplayException>(() => PlanBuilder.Build(DescriptionFile.Load(path), path)).Mistakes;

        string[] expected =
        [
            "file is missing", "end loop needs a speed", "encoding 'klingon'", "time: zone is missing", "a: no device profile 'sundial'",
            "b: ratio 0", "c electrical/Power: unit 'bar' cannot become kW; W, kW, MW, [HP] can",
            "c nothing: acrel-dtsd1352 has no such point",
            "c electrical/Frequency: either a column or a value", "c: topic ''", "id c is given 2 times",
        ];
        Assert.All(expected, part => Assert.Contains(mistakes, mistake => mistake.Contains(part, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, mistakes.Count);
    }

    [Theory]
    [InlineData("{}", "time")]
    [InlineData("null", "null is no description")]
    [InlineData("""{ "time": { "column": "t" }, "devices": [null] }""", "null is no description")]
    [InlineData("""{ "time": { "column": "t" }, "devices": [], "sped": 1 }""", "sped")]
    [InlineData("""{ "time": { "column": "t" }, "devices": [], "speed": 0 }""", "speed '0'")]
    [InlineData("""{ "time": { "column": "t" }, "devices": [], "gaps": "ignore" }""", "gaps")]
    public void What_is_no_description_says_so(string json, string why)
    {
        var path = _bench.Write("wrong.json", json);

        Assert.Contains(why, Assert.Throws<ReplayException>(() => DescriptionFile.Load(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_one_line_with_those_that_are()
    {
        var plan = _bench.Plan(ReplayBench.Flow, "time,flow", "2026-01-01T00:00:00Z,1");

        var mistake = await Assert.ThrowsAsync<ReplayException>(() => _bench.RowsAsync(plan));

        Assert.Equal("there is no column 't'; there are 'time', 'flow'", Assert.Single(mistake.Mistakes));
    }

    [Fact]
    public async Task A_column_that_is_there_twice_is_refused()
    {
        var plan = _bench.Plan(ReplayBench.Flow, "t,flow,flow", "2026-01-01T00:00:00Z,1,2");

        var mistake = await Assert.ThrowsAsync<ReplayException>(() => _bench.RowsAsync(plan));

        Assert.Equal("column 'flow' is there more than once", Assert.Single(mistake.Mistakes));
    }

    [Fact]
    public async Task An_empty_file_has_no_column_names()
    {
        var plan = _bench.Plan(ReplayBench.Flow);

        await Assert.ThrowsAsync<ReplayException>(
            () => TableFile.OpenAsync(plan.Description, plan.Columns, (_, _) => { }, CancellationToken.None));
    }

    [Theory]
    [InlineData("max", null)]
    [InlineData("60", 60.0)]
    [InlineData("0.5", 0.5)]
    public void A_speed_is_a_number_or_max(string text, double? factor)
    {
        Assert.Equal(new(factor), ReplaySpeed.Parse(text));
        Assert.Equal(text, ReplaySpeed.Parse(text).ToString());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("1e7")]
    [InlineData("fast")]
    public void No_other_speed_is_known(string text) => Assert.Throws<FormatException>(() => ReplaySpeed.Parse(text));
}
