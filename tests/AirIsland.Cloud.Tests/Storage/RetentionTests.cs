using AirIsland.Domain.Metering;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using NodaTime;
using Xunit.Abstractions;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>Levels that expire: their minutes answer what buckets ask, as before, once each, wherever it was broken off.</summary>
public sealed class RetentionTests(ITestOutputHelper output) : IDisposable
{
    private const string Month = "levels-2026-11.db";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly Instant Young = Instant.FromUtc(2026, 11, 24, 0, 0);
    private static readonly Instant Old = Instant.FromUtc(2027, 2, 1, 0, 0);

    private readonly StoreFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Buckets_on_whole_minutes_are_the_same_before_and_after_levels_expired()
    {
        using var store = _files.Open(Kept);
        await FillAsync(store);
        await store.KeepUpAsync(Young, default);
        var raw = await RawAsync(store);
        var before = await AskAsync(store);
        Assert.Contains(before, b => b is { Samples: > 40, Coverage: 1 });

        var done = await store.KeepUpAsync(Old, default);

        Assert.Equal((1, (long)raw), (done.MonthsExpired, done.SamplesExpired));
        Assert.False(File.Exists(_files.Of(Month)));
        Assert.Equal(before, await AskAsync(store));
        // What is left in the journal is the newest batch of the station, from which positions go on.
        Assert.InRange(await RawAsync(store), 0, 600);
    }

    [Fact]
    public async Task Minutes_are_much_smaller_than_what_they_stand_for()
    {
        using var store = _files.Open(Kept);
        await FillAsync(store, seconds: 86_400);
        await store.KeepUpAsync(Young, default);
        var raw = await RawAsync(store);
        var sealedBytes = _files.Number(Month, "SELECT (SELECT sum(length(samples)) FROM frame) + sum(length(instants)) FROM block");
        await store.KeepUpAsync(Old, default);
        var minuteBytes = _files.Number("minutes.db", "SELECT sum(length(runs)) FROM minute_day");
        output.WriteLine($"{raw} samples: {(double)sealedBytes / raw:F3} B each in blocks, {(double)minuteBytes / raw:F3} as minutes");

        Assert.True(minuteBytes * 3 < sealedBytes, $"{minuteBytes} bytes of minutes, {sealedBytes} of blocks");
    }

    [Fact]
    public async Task Expiry_broken_off_before_the_month_is_dropped_doubles_nothing()
    {
        IReadOnlyList<Bucket> before;
        using (var store = _files.Open(Kept))
        {
            await FillAsync(store);
            await store.KeepUpAsync(Young, default);
            before = await AskAsync(store);
        }
        File.Copy(_files.Of(Month), _files.Of("copy"));
        using (var store = _files.Open(Kept)) await store.KeepUpAsync(Old, default);
        // Killed between the commit of the minutes and the removal of the file.
        File.Copy(_files.Of("copy"), _files.Of(Month));
        using var again = _files.Open(Kept);
        Assert.Equal(before, await AskAsync(again));
        await again.KeepUpAsync(Old, default);
        await again.KeepUpAsync(Old, default);

        Assert.Equal(before, await AskAsync(again));
        Assert.False(File.Exists(_files.Of(Month)));
    }

    [Fact]
    public async Task What_comes_late_while_a_month_is_half_let_go_is_not_lost()
    {
        using (var store = _files.Open(Kept))
        {
            await FillAsync(store);
            await store.KeepUpAsync(Young, default);
        }
        File.Copy(_files.Of(Month), _files.Of("copy"));
        using (var store = _files.Open(Kept)) await store.KeepUpAsync(Old, default);
        // Killed between the commit of the minutes and the removal of the file.
        File.Copy(_files.Of("copy"), _files.Of(Month));
        using var again = _files.Open(Kept);
        var before = await CountAsync(again);
        await await again.AppendAsync(
            Received(1, Flow, -1800, 7, BatchLane.Backfill, "edge-late", points: 600) with { KnownAt = Old }, default);
        // The newest batch of a station stays in the journal in any case.
        await await again.AppendAsync(Received(2, Flow, 5_000_000, 7, BatchLane.Backfill, "edge-late") with { KnownAt = Old }, default);
        for (var round = 0; round < 3; round++) await again.KeepUpAsync(Old, default);

        Assert.Equal(before + 600, await CountAsync(again));
    }

    [Theory]
    [InlineData("minute_day")]
    [InlineData("minute_month")]
    [InlineData("minute_seal")]
    public async Task Expiry_that_a_write_refused_goes_on_where_it_was(string table)
    {
        using var store = _files.Open(Kept);
        await FillAsync(store);
        await store.KeepUpAsync(Young, default);
        var before = await AskAsync(store);
        _files.Run("minutes.db", $"CREATE TRIGGER no BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk full'); END");
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.KeepUpAsync(Old, default));
        Assert.Equal(before, await AskAsync(store));
        _files.Run("minutes.db", "DROP TRIGGER no");
        await store.KeepUpAsync(Old, default);

        Assert.Equal(before, await AskAsync(store));
        Assert.False(File.Exists(_files.Of(Month)));
    }

    [Fact]
    public async Task What_comes_late_for_an_expired_month_is_added_once()
    {
        using var store = _files.Open(Kept);
        await FillAsync(store);
        await store.KeepUpAsync(Old, default);
        await store.KeepUpAsync(Old, default);
        var before = await CountAsync(store);
        var late = Received(1, Flow, -1800, 7, BatchLane.Backfill, points: 600) with { KnownAt = Old };
        Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(late, default)).Status);
        Assert.Equal(before + 600, await CountAsync(store));
        Assert.Equal(600, await RawAsync(store, -1800, -1200));

        for (var round = 0; round < 3; round++)
        {
            await store.KeepUpAsync(Old, default);
            Assert.Equal(before + 600, await CountAsync(store));
        }
        await await store.AppendAsync(Received(2, Flow, 100, 7, BatchLane.Backfill) with { KnownAt = Old }, default);
        await store.KeepUpAsync(Old, default);
        await store.KeepUpAsync(Old, default);
        Assert.Equal(before + 601, await CountAsync(store));
    }

    [Fact]
    public async Task Held_levels_expire_by_when_they_were_learned_and_registers_never()
    {
        using var store = _files.Open(Kept);
        await store.KeepAsync(Catalogue, default);
        await await store.AppendAsync(Received(1, Volume, 0, 1), default);
        await await store.AppendAsync(Received(2, Flow, 86_400, 5, points: 3) with { KnownAt = Noon }, default);
        await await store.AppendAsync(Received(3, Volume, 60, 2), default);

        Assert.Equal(0, (await store.KeepUpAsync(Young, default)).HeldExpired);
        Assert.Equal(3, (await store.KeepUpAsync(Old, default)).HeldExpired);
        Assert.Equal(0, await RawAsync(store, 80_000, 90_000));
        Assert.Equal(2, (await store.Read(Volume, Noon, Noon + Duration.FromHours(1), default).ToListAsync()).Count);
    }

    /// <summary>Nearly a sample a second, with holes, and now and then one without a value; batches of ten minutes.</summary>
    private static async Task FillAsync(EmbeddedTelemetryStore store, int seconds = 7200)
    {
        await store.KeepAsync(Catalogue, default);
        var random = new Random(3);
        var (sequence, count, flow) = (0ul, 12_000L, Catalogue.NumberOf(Flow) ?? 0);
        for (var second = 0; second < seconds; second += 600)
        {
            var builder = new BlockBuilder();
            for (var s = second; s < second + 600; s++)
            {
                if (random.Next(5) == 0 || s % 3000 is > 1000 and < 1200) continue;
                var isBad = random.Next(400) == 0;
                var at = NoonMs + (s * 1000L) + random.Next(-5, 6);
                if (isBad) builder.Add("g", at, flow, null, Quality.Bad(QualityReason.Communication).Code);
                else builder.Add("g", at, flow, count += random.Next(-9, 10), 0);
            }
            var block = builder.Encode();
            var batch = Received(++sequence, Flow, second + 600, 0) with { Block = block };
            Assert.Equal(AppendStatus.Stored, (await await store.AppendAsync(batch, default)).Status);
        }
    }

    private static async Task<IReadOnlyList<Bucket>> AskAsync(EmbeddedTelemetryStore store)
    {
        var all = new List<Bucket>();
        foreach (var method in Enum.GetValues<BucketMethod>())
            foreach (var width in (int[])[60, 420, 3600, 86_400])
                foreach (var hold in (int[])[15, 300])
                    all.AddRange(await store.BucketsAsync(Flow, Question(method, width, hold), default));
        return all;
    }

    private static BucketQuestion Question(BucketMethod method, int width, int hold)
    {
        var buckets = new List<Interval>();
        for (var start = Noon - Duration.FromHours(1); start < Noon + Duration.FromHours(3); start = buckets[^1].End)
            buckets.Add(new(start, start + Duration.FromSeconds(width)));
        return new(buckets, method, Duration.FromSeconds(hold));
    }

    private static async Task<long> CountAsync(EmbeddedTelemetryStore store) =>
        (await store.BucketsAsync(Flow, Question(BucketMethod.Samples, 86_400, 60), default)).Sum(b => b.Samples);

    private static async Task<int> RawAsync(EmbeddedTelemetryStore store, int from = -7200, int to = 100_000) =>
        await store.Read(Flow, Noon + Duration.FromSeconds(from), Noon + Duration.FromSeconds(to), default).CountAsync();
}
