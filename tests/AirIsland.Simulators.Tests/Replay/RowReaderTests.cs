using System.Text;
using AirIsland.Simulators.Replay;
using CsCheck;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class RowReaderTests : IDisposable
{
    private static readonly string[] Odd = ["", "\"", "\"a\"", "a\"b", "NaN", "-", "1,5", "\0\0", "7", "\"1\"\"2\""];

    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Bad_rows_and_cells_are_counted_and_named_and_end_nothing()
    {
        var plan = _bench.Plan(
            ReplayBench.Flow,
            "t,flow,note",
            "2026-01-01T00:00:00Z,1,a",
            "2026-01-01T00:01:00Z,2",
            "someday,3,a",
            "2026-01-01T00:03:00Z,four,a",
            "",
            "2026-01-01T00:04:00Z,5,\"a",
            "2026-01-01T00:05:00Z,\"6\",\"a, b\"",
            "2026-01-01T00:02:00Z,7,a",
            "2026-01-01T00:06:00Z,8,a,,",
            "2026-01-01T00:07:00Z,1e20,a",
            "2026-01-01T00:08:00Z,10,a");

        var (rows, report) = await _bench.RowsAsync(plan);

        Assert.Equal([1, null, 6, 8, null, 10], rows.Select(row => row.Values[0]));
        Assert.Equal([2, 5, 8, 10, 11, 12], rows.Select(row => row.Line));
        Assert.Equal((4, 2), (report.BadRows, report.BadCells));
        Assert.Equal(
            [
                "rows line 3 was left out: has 2 cells, 3 are wanted",
                "rows line 4 was left out: 'someday' is no time of the form iso",
                "rows line 5, column 'flow' was taken as empty: 'four' is no number",
                "rows line 7 was left out: has a quote that is not closed",
                "rows line 9 was left out: 2026-01-01 00:02:00Z goes back behind 2026-01-01 00:05:00Z",
                "rows line 11, column 'flow' was taken as empty: 100000000000000000000 is beyond every meter",
            ],
            _bench.Named.Order(StringComparer.Ordinal).OrderBy(note => note.Contains("line 11", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_row_that_leaps_ahead_does_not_take_the_others_along()
    {
        var plan = _bench.Plan(
            ReplayBench.Flow,
            "t,flow", "2026-01-01T00:00:00Z,1", "2026-01-01T00:01:00Z,2", "2099-01-01T00:02:00Z,3", "2026-01-01T00:03:00Z,4",
            "2026-01-01T00:03:00Z,5");

        var (rows, report) = await _bench.RowsAsync(plan);

        Assert.Equal([1, 2, 4, 5], rows.Select(row => row.Values[0]));
        Assert.Equal(1, report.BadRows);
        Assert.Contains("line 4", Assert.Single(_bench.Named), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("null")]
    [InlineData(" n/a ")]
    public async Task An_empty_cell_is_not_measured_and_not_bad(string cell)
    {
        var (rows, report) = await _bench.RowsAsync(_bench.Plan(ReplayBench.Flow, "t,flow", $"2026-01-01T00:00:00Z,{cell}"));

        Assert.Null(Assert.Single(rows).Values[0]);
        Assert.Equal((0, 0), (report.BadRows, report.BadCells));
    }

    [Fact]
    public async Task Factor_offset_and_unit_bring_a_cell_to_its_point()
    {
        var device = ReplayBench.Flow.Devices[0] with
        {
            Points = new Dictionary<string, ReplayPoint>
            {
                ["VolumeFlowRate"] = new() { Column = "flow", Unit = "m3/h", Factor = 10, Offset = 60 },
                ["GaugePressure"] = new() { Column = "p", Unit = "[psi]" },
                ["AccumulatedVolume"] = new() { Column = "total" },
            },
        };
        var plan = _bench.Plan(ReplayBench.Flow with { Devices = [device] }, "p,t,flow,total", "100,2026-01-01T00:00:00Z,6,1000000012.5");

        var (rows, _) = await _bench.RowsAsync(plan);

        Assert.Equal(
            [2m, 0.6894757293168m, 12.5m],
            Assert.Single(rows).Values.Select(value => Math.Round(value ?? 0, 13, MidpointRounding.ToEven)));
    }

    [Fact]
    public async Task A_state_that_the_device_does_not_know_is_a_bad_cell()
    {
        var description = ReplayBench.Power with
        {
            Devices = [new() { Id = "c", Profile = "mam6080", Points = ReplayBench.Points(("OperatingState", "state")) }],
        };
        var plan = _bench.Plan(
            description, "t,state", "2026-01-01T00:00:00Z,7", "2026-01-01T00:01:00Z,99", "2026-01-01T00:02:00Z,1.5");

        var (rows, report) = await _bench.RowsAsync(plan);

        Assert.Equal([7, null, null], rows.Select(row => row.Values[0]));
        Assert.Equal(2, report.BadCells);
    }

    [Fact]
    public async Task A_file_of_another_country_is_read_as_it_is_written()
    {
        var path = _bench.Path("log.csv");
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding("gb18030") ?? throw new InvalidOperationException("no gb18030");
        await File.WriteAllTextAsync(path, "记录仪 7;;\r\n时间;流量\r\n10.03.2026 05:30:00;1,5\r\n10.03.2026 05:31:00;1.234,5\r\n", encoding);
        var plan = PlanBuilder.Build(
            ReplayBench.Flow with
            {
                File = path,
                Encoding = "gb18030",
                Separator = ';',
                DecimalMark = ',',
                SkipLines = 1,
                Time = new() { Column = "时间", Format = "dd.MM.yyyy HH:mm:ss", Zone = "Asia/Shanghai" },
                Devices = [ReplayBench.Flow.Devices[0] with { Points = ReplayBench.Points(("VolumeFlowRate", "流量")) }],
            },
            "test");

        var (rows, report) = await _bench.RowsAsync(plan);

        Assert.Equal([1.5m, null], rows.Select(row => row.Values[0]));
        Assert.Equal(1, report.BadCells);
        Assert.Equal(new(2026, 3, 9, 21, 30, 0, TimeSpan.Zero), rows[0].Instant);
    }

    [Fact]
    public async Task A_line_without_end_neither_fills_the_memory_nor_ends_the_run()
    {
        var plan = _bench.Plan(
            ReplayBench.Flow, "t,flow", $"2026-01-01T00:00:00Z,{new string('9', 3_000_000)}", "2026-01-01T00:01:00Z,2");

        var (rows, report) = await _bench.RowsAsync(plan);

        Assert.Equal((3, 2m), (rows.Single().Line, rows.Single().Values[0]));
        Assert.Equal(1, report.BadRows);
    }

    [Fact]
    public async Task A_file_bad_throughout_is_counted_whole_and_named_a_hundred_times()
    {
        var plan = _bench.Plan(ReplayBench.Flow, ["t,flow", .. Enumerable.Repeat("never,1", 250)]);

        var (rows, report) = await _bench.RowsAsync(plan);

        Assert.Empty(rows);
        Assert.Equal(250, report.BadRows);
        Assert.Equal(InputReport.MostNamed + 1, _bench.Named.Count);
    }

    /// <summary>Whatever a file holds: each line is a row or is told, and rows never go back.</summary>
    [Fact]
    public void Every_line_is_given_or_told()
    {
        var cell = Gen.OneOf(
            Gen.Int[0, 100].Select(minute => $"2026-01-01T{minute / 60:00}:{minute % 60:00}:00Z"),
            Gen.Int[0, Odd.Length - 1].Select(which => Odd[which]));
        Gen.Select(cell, cell).Select((time, value) => $"{time},{value}").Array[0, 60].Sample(
            lines =>
            {
                using var bench = new ReplayBench();
                var (rows, report) = bench.RowsAsync(bench.Plan(ReplayBench.Flow, ["t,flow", .. lines])).GetAwaiter().GetResult();
                Assert.Equal(lines.Length, rows.Count + report.BadRows);
                Assert.Equal(rows.OrderBy(row => row.Instant).ThenBy(row => row.Line), rows);
            },
            iter: 300);
    }
}
