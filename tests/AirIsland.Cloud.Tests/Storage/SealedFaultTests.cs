using AirIsland.Domain.Metering;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>Sealing that is broken off, refused, or meets damage: nothing lost, nothing doubled, and nobody else kept waiting.</summary>
public sealed class SealedFaultTests : IDisposable
{
    private const string Month = "levels-2026-11.db";
    private static readonly Instant Later = Instant.FromUtc(2026, 11, 23, 0, 0);

    private readonly StoreFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task Sealing_broken_off_between_block_and_journal_doubles_nothing_and_goes_on()
    {
        using (var store = _files.Open())
        {
            await FillAsync(store, 12);
            _files.Run("journal.db", "CREATE TRIGGER no BEFORE DELETE ON batch BEGIN SELECT RAISE(ABORT, 'disk full'); END");
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.KeepUpAsync(Later, default));
            Assert.Equal(Expected(12), await ReadAsync(store));
        }
        using (var store = _files.Open())
        {
            Assert.Equal(Expected(12), await ReadAsync(store));
            _files.Run("journal.db", "DROP TRIGGER no");
            await store.KeepUpAsync(Later, default);
            Assert.Equal(Expected(12), await ReadAsync(store));
            Assert.Equal(1, _files.Number("journal.db", "SELECT count(*) FROM batch"));
        }
    }

    [Fact]
    public async Task A_month_whose_pages_are_garbage_is_read_without_them_and_keeps_no_other_from_being_read_or_sealed()
    {
        using (var store = _files.Open())
        {
            await FillAsync(store, 12);
            var october = Received(1, Flow, -86_400 * 30, 7, BatchLane.Backfill, points: 10) with { KnownAt = Noon };
            await await store.AppendAsync(october, default);
            await await store.AppendAsync(Received(2, Flow, 40_000, 1, BatchLane.Backfill) with { KnownAt = Later }, default);
            await store.KeepUpAsync(Later, default);
        }
        using var damaged = _files.Open();
        using (var file = File.OpenWrite(_files.Of(Month)))
        {
            file.Position = 16_384;
            file.Write(Enumerable.Repeat((byte)0xA5, (int)file.Length - 16_384).ToArray());
        }

        var read = await damaged.Read(Flow, Noon - Duration.FromDays(31), Noon + Duration.FromDays(1), default).ToListAsync();
        Assert.Equal(10, read.Count(s => s.At < Noon - Duration.FromDays(29)));
        await await damaged.AppendAsync(
            Received(3, Flow, -86_400 * 30 + 60, 9, BatchLane.Backfill) with { KnownAt = Later }, default);
        await Record.ExceptionAsync(() => damaged.KeepUpAsync(Later, default));
        read = await damaged.Read(Flow, Noon - Duration.FromDays(31), Noon - Duration.FromDays(29), default).ToListAsync();
        Assert.Equal(11, read.Count);
    }

    // Two hours of 120 samples each, of which at most 50 are merged at once; then late ones into the midst of them.
    [Fact]
    public async Task An_hour_with_more_than_is_merged_at_once_is_sealed_in_steps_and_read_as_one()
    {
        using var store = _files.Open(mostMerged: 50);
        await store.KeepAsync(Catalogue, default);
        for (var n = 0; n < 24; n++)
            await await store.AppendAsync(Received((ulong)n + 1, Flow, n * 300, n * 1000, points: 10), default);
        var expected = await ReadAsync(store);
        Assert.Equal(240, expected.Count);
        List<Interval> hours = [new(Noon, Noon + Duration.FromHours(1)), new(Noon + Duration.FromHours(1), Noon + Duration.FromHours(2))];
        var question = new BucketQuestion(hours, BucketMethod.StepHold, Duration.FromMinutes(10));
        var before = await store.BucketsAsync(Flow, question, default);

        await store.KeepUpAsync(Later, default);

        Assert.True(_files.Number(Month, "SELECT count(*) FROM block") >= 4, "the hours were sealed in one step");
        Assert.Equal(1, _files.Number("journal.db", "SELECT count(*) FROM batch"));
        Assert.Equal(expected, await ReadAsync(store));
        Assert.Equal(before, await store.BucketsAsync(Flow, question, default));

        await await store.AppendAsync(
            Received(1, Flow, 33, 7, BatchLane.Backfill, points: 20) with { KnownAt = Noon + Duration.FromDays(1) }, default);
        expected = await ReadAsync(store);
        before = await store.BucketsAsync(Flow, question, default);
        await store.KeepUpAsync(Later, default);
        Assert.Equal(expected, await ReadAsync(store));
        Assert.Equal(before, await store.BucketsAsync(Flow, question, default));
    }

    [Theory]
    [InlineData("block", 0)]
    [InlineData("block", 1)]
    [InlineData("frame", 0)]
    [InlineData("frame", 1)]
    [InlineData("series_day", 0)]
    [InlineData("seal", 0)]
    [InlineData("seal", 1)]
    public async Task A_month_that_refuses_its_nth_write_loses_and_doubles_nothing(string table, int after)
    {
        MonthSchema.Open(_files.Of(Month), write: true).Dispose();
        _files.Run(
            Month, $"CREATE TRIGGER no BEFORE INSERT ON {table} WHEN (SELECT count(*) FROM {table}) >= {after}"
                + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
        using var store = _files.Open();
        await FillAsync(store, 12);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.KeepUpAsync(Later, default));
        Assert.Equal(Expected(12), await ReadAsync(store));
        _files.Run(Month, "DROP TRIGGER no");
        await store.KeepUpAsync(Later, default);
        Assert.Equal(Expected(12), await ReadAsync(store));
    }

    [Fact]
    public async Task A_damaged_batch_of_one_station_keeps_no_other_from_being_sealed_and_is_no_sample()
    {
        using var store = _files.Open();
        await FillAsync(store, 3);
        var other = Received(1, Flow, 0, 1, edge: "edge-b") with { Station = new("zz") };
        await await store.AppendAsync(other, default);
        await await store.AppendAsync(Received(2, Flow, 60, 1, edge: "edge-b") with { Station = new("zz") }, default);
        _files.Run("journal.db", "UPDATE batch SET crc32c = crc32c + 1 WHERE position = 1");

        var done = await store.KeepUpAsync(Later, default);

        Assert.Equal(1, done.HoursSealed);
        Assert.Equal(1, _files.Number("journal.db", "SELECT count(*) FROM batch WHERE station = 'zz'"));
        var read = await ReadAsync(store);
        Assert.DoesNotContain((0, 0L), read);
        Assert.Contains((600, 1L), read);
    }

    [Fact]
    public async Task A_damaged_block_keeps_its_hour_waiting_and_no_other()
    {
        using var store = _files.Open();
        await FillAsync(store, 6);
        await store.KeepUpAsync(Later, default);
        _files.Run(Month, "UPDATE frame SET samples = zeroblob(40) WHERE id = 1");
        var late = Received(1, Flow, 1, 500, BatchLane.Backfill);
        await await store.AppendAsync(late, default);
        await await store.AppendAsync(Received(2, Flow, 3601, 501, BatchLane.Backfill), default);

        await store.KeepUpAsync(Later, default);

        // Of the hour with the damage what came late is still read, from the journal; the other hour has it in its block.
        Assert.Contains((1, 500L), await ReadAsync(store));
        Assert.Contains((3601, 501L), await ReadAsync(store));
        Assert.Equal(2, _files.Number(Month, "SELECT count(*) FROM block"));
    }

    [Fact]
    public async Task The_latest_survives_that_another_process_let_its_batches_go()
    {
        using var first = _files.Open();
        await FillAsync(first, 1);
        Assert.Equal(0, (await first.LatestAsync([Flow], default))[0]!.Value.Count);
        await await first.AppendAsync(Received(2, Flow, 600, 77), default);
        await await first.AppendAsync(Received(3, Volume, 601, 5), default);
        using (var second = _files.Open()) await second.KeepUpAsync(Later, default);

        Assert.Equal(1, _files.Number("journal.db", "SELECT count(*) FROM batch"));
        Assert.Equal(77, (await first.LatestAsync([Flow], default))[0]!.Value.Count);
    }

    [Fact]
    public async Task A_damaged_summary_is_not_believed_the_hour_is_decoded()
    {
        using var store = _files.Open();
        await FillAsync(store, 6);
        await store.KeepUpAsync(Later, default);
        var question = new BucketQuestion([new(Noon, Noon + Duration.FromHours(1))], BucketMethod.Samples, Duration.FromMinutes(20));
        var before = await store.BucketsAsync(Flow, question, default);
        // How many samples there are.
        _files.Run(Month, "UPDATE series_day SET hours = CAST(substr(hours, 1, 4) || x'7f' || substr(hours, 6) AS BLOB)");

        Assert.Equal(before, await store.BucketsAsync(Flow, question, default));
    }

    [Fact]
    public async Task A_month_that_cannot_be_opened_is_set_aside_by_name_and_the_rest_is_served()
    {
        using (var store = _files.Open())
        {
            await FillAsync(store, 6);
            await store.KeepUpAsync(Later, default);
        }
        await File.WriteAllBytesAsync(_files.Of("levels-2026-10.db"), [.. Enumerable.Repeat((byte)7, 40_000)]);
        using var again = _files.Open();

        Assert.Equal(Expected(6), await ReadAsync(again));
        Assert.True(File.Exists(_files.Of("levels-2026-10.db.damaged-1")));
        Assert.False(File.Exists(_files.Of("levels-2026-10.db")));
    }

    // Killed between the making of the file and that of its tables.
    [Fact]
    public async Task A_month_without_tables_is_no_damage_and_is_sealed_into()
    {
        _files.Run(Month, "PRAGMA journal_mode = WAL");
        await File.WriteAllBytesAsync(_files.Of("levels-2026-10.db"), []);
        using (var store = _files.Open())
        {
            await FillAsync(store, 6);
            Assert.Equal(Expected(6), await ReadAsync(store));
            Assert.Empty(new StoreCheck(_files.Path, quick: false).Run(default));
            await store.KeepUpAsync(Later, default);
            Assert.Equal(Expected(6), await ReadAsync(store));
        }
        Assert.Empty(Directory.GetFiles(_files.Path, "*.damaged-*"));
        Assert.Empty(new StoreCheck(_files.Path, quick: false).Run(default));
    }

    [Fact]
    public void A_journal_that_cannot_be_opened_is_refused_by_name()
    {
        File.WriteAllBytes(_files.Of("journal.db"), [.. Enumerable.Repeat((byte)7, 40_000)]);

        var refused = Assert.Throws<StoreUnavailableException>(() => _files.Open());
        Assert.Contains("journal.db", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>A sample every ten minutes, each a batch.</summary>
    private static async Task FillAsync(EmbeddedTelemetryStore store, int batches)
    {
        await store.KeepAsync(Catalogue, default);
        for (var n = 0; n < batches; n++)
        {
            var appended = await await store.AppendAsync(Received((ulong)n + 1, Flow, n * 600, n), default);
            Assert.Equal(AppendStatus.Stored, appended.Status);
        }
    }

    private static List<(int, long)> Expected(int batches) => [.. Enumerable.Range(0, batches).Select(n => (n * 600, (long)n))];

    private static async Task<List<(int, long)>> ReadAsync(EmbeddedTelemetryStore store) => await store
        .Read(Flow, Noon - Duration.FromDays(1), Noon + Duration.FromDays(1), default)
        .Select(s => ((int)(s.At - Noon).TotalSeconds, s.Count ?? 0)).ToListAsync();
}
