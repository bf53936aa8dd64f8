using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

public class BackfillTailTests
{
    [Fact]
    public async Task While_the_link_is_down_a_batch_grows_and_every_part_of_it_is_durable()
    {
        await using var bench = new OutboxBench(backfillPoints: 100);
        for (var i = 0; i < 25; i++) await bench.AppendAsync(OutboxBench.Batch(i * 1000, size: 10));

        await bench.ReopenAsync();

        Assert.Equal(3, bench.Store.State.Backfill.Appended);
        Assert.Equal(250, bench.Store.State.Measured);
        Assert.Equal([0, 10_000, 20_000], bench.Kept(Lane.Backfill));
        Assert.Equal(250, bench.Samples(Lane.Backfill).Counts.Count);
        Assert.Equal(bench.Number("SELECT sum(length(payload)) FROM batch"), bench.Store.State.PendingBytes);
    }

    [Fact]
    public async Task A_batch_that_may_have_been_sent_never_grows()
    {
        await using var bench = new OutboxBench(backfillPoints: 100);
        await bench.AppendAsync(OutboxBench.Batch(1000));
        var sent = bench.Store.Read(Lane.Backfill, 1)?.Block.Crc32C;

        await bench.AppendAsync(OutboxBench.Batch(2000), OutboxBench.Batch(3000));
        await bench.ReopenAsync();
        // Another process may have sent what was there before.
        await bench.AppendAsync(OutboxBench.Batch(4000));

        Assert.Equal([1000, 2000, 4000], bench.Kept(Lane.Backfill));
        Assert.Equal(sent, bench.Store.Read(Lane.Backfill, 1)?.Block.Crc32C);
        Assert.Equal([1000, 2000, 3000, 4000], bench.Samples(Lane.Backfill).Counts);
    }

    [Fact]
    public async Task Levels_and_registers_grow_apart()
    {
        await using var bench = new OutboxBench(backfillPoints: 100);
        for (var i = 1; i <= 6; i++)
            await bench.AppendAsync(OutboxBench.Batch(i * 1000, i % 2 == 0 ? ScanContent.Registers : ScanContent.Levels));

        Assert.Equal([1000, 2000], bench.Kept(Lane.Backfill));
        Assert.Equal(ScanContent.Registers, bench.Store.Read(Lane.Backfill, 2)?.Content);
        Assert.Equal([1000, 3000, 5000, 2000, 4000, 6000], bench.Samples(Lane.Backfill).Counts);
    }

    [Fact]
    public async Task What_turns_time_back_or_spans_more_than_an_hour_gets_a_number_of_its_own()
    {
        await using var bench = new OutboxBench(backfillPoints: 100);
        await bench.AppendAsync(OutboxBench.Batch(5000), OutboxBench.Batch(4000), OutboxBench.Batch(4_000_000));

        Assert.Equal([5000, 4000, 4_000_000], bench.Kept(Lane.Backfill));
    }

    // thingsboard#5714, #8215: the same instant overwrote, 577 of 610 were stored.
    [Fact]
    public async Task Samples_of_one_tag_at_one_instant_are_all_kept()
    {
        await using var bench = new OutboxBench(backfillPoints: 100);
        for (var i = 0; i < 5; i++) await bench.AppendAsync(OutboxBench.Batch(1000));

        Assert.Equal([1000, 1000, 1000, 1000, 1000], bench.Samples(Lane.Backfill).Counts);
    }

    [Fact]
    public async Task A_live_batch_stays_as_it_came()
    {
        await using var bench = new OutboxBench(backfillPoints: 100);
        bench.Store.Link.IsUp = true;
        await bench.AppendAsync(OutboxBench.Batch(1000), OutboxBench.Batch(2000));

        Assert.Equal([1000, 2000], bench.Kept(Lane.Live));
    }
}
