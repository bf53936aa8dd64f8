using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

public class OutboxStoreTests
{
    [Fact]
    public async Task What_was_appended_is_there_after_opening_again()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2, ScanContent.Registers));
        var epoch = bench.Store.State.Epoch;

        await bench.ReopenAsync();

        Assert.Equal(epoch, bench.Store.State.Epoch);
        Assert.Equal([1, 2], bench.Kept(Lane.Backfill));
        Assert.Equal(ScanContent.Registers, bench.Store.Read(Lane.Backfill, 2)?.Content);
        Assert.Equal(OutboxBench.Catalogue.Canonical, bench.Store.ReadCatalogue(OutboxBench.Catalogue.Id));
        Assert.Equal(2, bench.Store.State.Measured);
        Assert.Equal(2, bench.Store.State.Pending);
    }

    [Fact]
    public async Task The_link_decides_the_lane_when_a_batch_is_appended()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1));
        bench.Store.Link.IsUp = true;
        await bench.AppendAsync(OutboxBench.Batch(2), OutboxBench.Batch(3));
        bench.Store.Link.IsUp = false;
        await bench.AppendAsync(OutboxBench.Batch(4));

        Assert.Equal([2, 3], bench.Kept(Lane.Live));
        Assert.Equal([1, 4], bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task A_receipt_is_honoured_when_its_batch_is_durable_and_its_mark_survives()
    {
        await using var bench = new OutboxBench();
        var honoured = 0;
        Assert.Null(bench.Store.Recent("topic").Last);

        await bench.AppendAsync(OutboxBench.Batch(1, receipts: new Receipt("topic", 1000, () => honoured++)));
        await bench.AppendAsync(
            new SealedBatch(OutboxBench.Catalogue.Id, ScanContent.Levels, null, 0, [new Receipt("topic", null, () => honoured++)]));

        Assert.Equal(2, honoured);
        Assert.Equal(1000, bench.Store.Recent("topic").Last);
        await bench.ReopenAsync();
        Assert.Equal(1000, bench.Store.Recent("topic").Last);
        Assert.Equal([1], bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task What_was_acknowledged_does_not_come_back()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2), OutboxBench.Batch(3));

        bench.Store.Acknowledge(Lane.Backfill, 2);
        await bench.Store.FlushAsync();
        await bench.ReopenAsync();

        Assert.Equal(2, bench.Store.State.Backfill.Acknowledged);
        Assert.Equal(1, bench.Store.State.Pending);
        Assert.Equal([1, 2, 3], bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task Acknowledged_batches_are_kept_for_their_time_and_no_longer()
    {
        await using var bench = new OutboxBench(new() { KeepFor = TimeSpan.FromDays(7) });
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2));
        bench.Store.Acknowledge(Lane.Backfill, 2);
        bench.Time.Advance(TimeSpan.FromDays(6));
        await bench.AppendAsync(OutboxBench.Batch(3));
        Assert.Equal([1, 2, 3], bench.Kept(Lane.Backfill));

        bench.Time.Advance(TimeSpan.FromDays(2));
        await bench.Store.FlushAsync();

        Assert.Equal([3], bench.Kept(Lane.Backfill));
        Assert.Equal(0, bench.Store.State.KeptBytes);
    }

    [Fact]
    public async Task Acknowledged_batches_are_kept_within_their_bytes()
    {
        await using var bench = new OutboxBench(new() { MaxKeptBytes = 10_000 });
        for (var i = 0; i < 20; i++) await bench.AppendAsync(OutboxBench.Batch(i, size: 200));

        bench.Store.Acknowledge(Lane.Backfill, 20);
        await bench.Store.FlushAsync();

        Assert.InRange(bench.Store.State.KeptBytes, 1, 10_000);
        Assert.Equal(19, bench.Kept(Lane.Backfill)[^1]);
    }

    [Fact]
    public async Task A_full_outbox_gives_up_the_oldest_levels_and_records_the_gap()
    {
        await using var bench = new OutboxBench(new() { MaxPendingBytes = 64 << 10 });
        await bench.AppendAsync(OutboxBench.Batch(1000, ScanContent.Registers, size: 50));
        for (var i = 1; i <= 60; i++) await bench.AppendAsync(OutboxBench.Batch(i * 10_000, size: 200));

        var kept = bench.Kept(Lane.Backfill);
        var gaps = bench.Gaps(Lane.Backfill);
        Assert.Equal(61, kept.Count);
        Assert.Equal(1000, kept[0]);
        Assert.Null(kept[1]);
        Assert.Equal(600_000, kept[^1]);
        Assert.Equal(200L * gaps.Count, bench.Status.Dropped);
        Assert.Equal((10_000, 10_200, 200UL), (gaps[0].From, gaps[0].To, gaps[0].Count));
        Assert.Equal([3u], gaps[0].Tags);
        Assert.True(bench.Store.State.PendingBytes <= 64 << 10);
        Assert.Equal(50 + (60 * 200), bench.Store.State.Measured);
    }

    [Fact]
    public async Task A_rejected_batch_goes_aside_and_a_gap_takes_its_number()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2), OutboxBench.Batch(3));

        await bench.Store.RejectAsync(Lane.Backfill, 2, "no column block");

        Assert.Equal([1, null, 3], bench.Kept(Lane.Backfill));
        Assert.Equal("rejected", Assert.Single(bench.Gaps(Lane.Backfill)).Reason);
    }

    [Fact]
    public async Task A_cloud_from_a_backup_makes_acknowledged_batches_wait_again()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2), OutboxBench.Batch(3));
        bench.Store.Acknowledge(Lane.Backfill, 3);
        await bench.Store.FlushAsync();

        await bench.Store.ResumeAsync(Lane.Backfill, 1);
        await bench.Store.FlushAsync();

        Assert.Equal(1, bench.Store.State.Backfill.Acknowledged);
        Assert.Equal(2, bench.Store.State.Pending);
        Assert.True(bench.Store.State.PendingBytes > 0);
    }

    [Fact]
    public async Task A_new_epoch_numbers_what_waits_from_one()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2), OutboxBench.Batch(3));
        bench.Store.Acknowledge(Lane.Backfill, 1);
        var before = bench.Store.State.Epoch;

        await bench.Store.RenewAsync((state, lane) => state[lane].Acknowledged);
        await bench.AppendAsync(OutboxBench.Batch(4));

        var state = bench.Store.State;
        Assert.NotEqual(before, state.Epoch);
        Assert.Equal((1L, 0L, 3L), (state.Backfill.Oldest, state.Backfill.Acknowledged, state.Backfill.Appended));
        Assert.Equal([2, 3, 4], bench.Kept(Lane.Backfill));
        await bench.ReopenAsync();
        Assert.Equal(state.Epoch, bench.Store.State.Epoch);
        Assert.Equal([2, 3, 4], bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task What_is_no_longer_kept_is_a_gap_at_the_head_of_a_new_epoch()
    {
        await using var bench = new OutboxBench(new() { MaxKeptBytes = 0 });
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2), OutboxBench.Batch(3));
        bench.Store.Acknowledge(Lane.Backfill, 2);
        await bench.Store.FlushAsync();

        await bench.Store.RenewAsync((_, _) => 0);

        Assert.Equal([null, 3], bench.Kept(Lane.Backfill));
        var gap = Assert.Single(bench.Gaps(Lane.Backfill));
        Assert.Equal((1, 3, 2UL, "no longer kept"), (gap.From, gap.To, gap.Count, gap.Reason));
    }
}
