using AirIsland.Simulators.Replay;
using Parquet;
using Parquet.Schema;

namespace AirIsland.Simulators.Tests.Replay;

public sealed class ParquetTableTests : IDisposable
{
    private static readonly DateTime First = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ReplayBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Rows_of_all_row_groups_come_in_order_with_their_gaps()
    {
        var (rows, report) = await _bench.RowsAsync(await PlanAsync(ReplayBench.Flow));

        Assert.Equal(Enumerable.Range(0, 6).Select(i => new DateTimeOffset(First.AddMinutes(i))), rows.Select(row => row.Instant));
        Assert.Equal([0.5m, null, 2.5m, 3.5m, null, 5.5m], rows.Select(row => row.Values[0]));
        Assert.Equal([1, 2, 3, 4, 5, 6], rows.Select(row => row.Line));
        Assert.Equal((0, 0), (report.BadRows, report.BadCells));
    }

    [Theory]
    [InlineData("unix", "unix-s")]
    [InlineData("text", "iso")]
    [InlineData("local", "iso", "Asia/Shanghai")]
    public async Task Times_may_be_numbers_or_texts_too(string column, string format, string? zone = null)
    {
        var time = new ReplayTime { Column = column, Format = format, Zone = zone };

        var (rows, _) = await _bench.RowsAsync(await PlanAsync(ReplayBench.Flow with { Time = time }));

        Assert.Equal(Enumerable.Range(0, 6).Select(i => new DateTimeOffset(First.AddMinutes(i))), rows.Select(row => row.Instant));
    }

    [Fact]
    public async Task A_column_that_is_not_there_is_named()
    {
        var plan = await PlanAsync(ReplayBench.Flow with { Time = new() { Column = "when" } });

        var mistake = await Assert.ThrowsAsync<ReplayException>(() => _bench.RowsAsync(plan));

        Assert.Equal("there is no column 'when'; there are 't', 'flow', 'unix', 'text', 'local'", Assert.Single(mistake.Mistakes));
    }

    [Fact]
    public async Task What_is_no_parquet_file_says_so()
    {
        var path = _bench.Write("rows.parquet", "t,flow", "1,2");
        var plan = PlanBuilder.Build(ReplayBench.Flow with { File = path }, "test");

        var failure = await Assert.ThrowsAsync<IOException>(() => _bench.RowsAsync(plan));

        Assert.Contains("is no Parquet file", failure.Message, StringComparison.Ordinal);
    }

    private async Task<ReplayPlan> PlanAsync(ReplayDescription description)
    {
        var path = _bench.Path("rows.parquet");
        DataField[] fields =
        [
            new DataField<DateTime>("t"), new DataField<double>("flow", true), new DataField<long>("unix"), new DataField<string>("text"),
            new DateTimeDataField("local", DateTimeFormat.Timestamp, isAdjustedToUTC: false, DateTimeTimeUnit.Micros),
        ];
        await using (var file = File.Create(path))
        {
            await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
            for (var start = 0; start < 6; start += 3)
            {
                using var group = writer.CreateRowGroup();
                var times = Enumerable.Range(start, 3).Select(i => First.AddMinutes(i)).ToArray();
                await group.WriteAsync<DateTime>(fields[0], times.AsMemory());
                await group.WriteAsync<double>(fields[1], new double?[] { start + 0.5, null, start + 2.5 }.AsMemory());
                await group.WriteAsync<long>(fields[2], times.Select(t => new DateTimeOffset(t).ToUnixTimeSeconds()).ToArray().AsMemory());
                await group.WriteAsync(fields[3], times.Select(t => $"{t:s}Z").ToArray());
                await group.WriteAsync<DateTime>(
                    fields[4], times.Select(t => DateTime.SpecifyKind(t.AddHours(8), DateTimeKind.Local)).ToArray().AsMemory());
            }
        }
        return PlanBuilder.Build(description with { File = path }, "test");
    }
}
