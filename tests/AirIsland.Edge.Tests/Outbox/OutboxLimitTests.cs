using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Tests.Outbox;

public class OutboxLimitTests
{
    private const long Minute = 60_000;

    // thingsboard-gateway#2094: 45 GB of buffer after four days.
    [Fact]
    public async Task A_full_outbox_thins_levels_to_one_a_minute_before_it_gives_anything_up()
    {
        await using var bench = new OutboxBench(new() { MaxPendingBytes = 64 << 10 });
        await bench.AppendAsync(Noise(0, ScanContent.Registers, seconds: 10));
        for (var i = 0; i < 60; i++) await bench.AppendAsync(Noise(i * 20_000L, ScanContent.Levels, seconds: 20));

        var state = bench.Store.State;
        Assert.Equal(61, state.Backfill.Appended);
        Assert.True(state.PendingBytes <= 64 << 10, $"{state.PendingBytes} bytes wait");
        var (counts, gaps) = bench.Samples(Lane.Backfill);
        Assert.Equal(10 + (60 * 20 * 10), counts.Count + gaps);
        Assert.Equal(gaps, bench.Status.Dropped);
        var thinned = bench.Gaps(Lane.Backfill);
        Assert.All(thinned, g => Assert.Equal("thinned to one a minute", g.Reason));
        Assert.All(thinned, g => Assert.Equal(10, g.Tags.Count));
        // Of the first minute one sample a tag is left, in the first batch; of the other two batches of that minute nothing.
        Assert.Equal((10, 0, 0), (Points(bench, 2), Points(bench, 3), Points(bench, 4)));
        Assert.Equal(10, Points(bench, 1));
    }

    [Fact]
    public async Task When_all_is_thin_the_oldest_levels_go_first_and_registers_last()
    {
        await using var bench = new OutboxBench(new() { MaxPendingBytes = 64 << 10 });
        for (var i = 0; i < 40; i++)
        {
            await bench.AppendAsync(Noise(i * Minute, ScanContent.Levels, seconds: 1, tags: 150));
            if (i < 20) await bench.AppendAsync(Noise(i * Minute, ScanContent.Registers, seconds: 1, tags: 150));
        }
        var gaps = bench.Gaps(Lane.Backfill);
        Assert.NotEmpty(gaps);
        Assert.All(gaps, g => Assert.Equal("outbox full", g.Reason));
        Assert.True(bench.Store.State.PendingBytes <= 64 << 10);
        // Levels and registers take turns up to number 40; the levels are the odd numbers.
        var given = Enumerable.Range(1, 40).Where(n => Points(bench, n) == 0).ToArray();
        Assert.Equal(Enumerable.Range(0, given.Length).Select(i => 1 + (2 * i)), given);
    }

    [Fact]
    public async Task What_waits_longer_than_it_may_becomes_a_gap_register_or_not()
    {
        await using var bench = new OutboxBench(new() { MaxPendingAge = TimeSpan.FromDays(30) });
        await bench.AppendAsync(Noise(0, ScanContent.Levels, 1), Noise(0, ScanContent.Registers, 1));
        bench.Time.Advance(TimeSpan.FromDays(29));
        await bench.AppendAsync(Noise(Minute, ScanContent.Levels, 1));
        Assert.Empty(bench.Gaps(Lane.Backfill));

        bench.Time.Advance(TimeSpan.FromDays(2));
        await bench.AppendAsync(Noise(2 * Minute, ScanContent.Levels, 1));

        Assert.Equal([0, 0, 10, 10], Enumerable.Range(1, 4).Select(n => Points(bench, n)));
        Assert.Equal(["too old", "too old"], bench.Gaps(Lane.Backfill).Select(g => g.Reason));
        Assert.Equal(20, bench.Status.Dropped);
    }

    [Fact]
    public async Task A_batch_given_up_keeps_the_gaps_and_clock_steps_it_told_of()
    {
        await using var bench = new OutboxBench(new() { MaxPendingAge = TimeSpan.FromHours(1) });
        var builder = new BlockBuilder();
        builder.Add("meter/fast", 1000, 3, 1000, 0);
        builder.Add(new BlockGap([4], 1000, 2000, "thinned to one a minute", 70));
        builder.Add(new BlockClockFix("boot", 5000, 1));
        await bench.AppendAsync(new SealedBatch(OutboxBench.Catalogue.Id, ScanContent.Levels, builder.Encode(), 0, []));

        bench.Time.Advance(TimeSpan.FromHours(2));
        await bench.AppendAsync();

        Assert.Equal([("thinned to one a minute", 70), ("too old", 1)], bench.Gaps(Lane.Backfill).Select(g => (g.Reason, (int)g.Count)));
        var block = bench.Store.Read(Lane.Backfill, 1)!.Block;
        Assert.Equal("boot", Assert.Single(BlockReader.Read(block.Payload, block.Encoding).ClockFixes).Boot);
    }

    // A clock without a battery may start in any year, and start there again.
    [Fact]
    public async Task A_clock_that_is_far_ahead_at_the_start_makes_nothing_old()
    {
        await using var bench = new OutboxBench(new() { MaxPendingAge = TimeSpan.FromDays(30) });
        var start = bench.Time.GetUtcNow();
        await bench.AppendAsync(OutboxBench.Batch(1));
        bench.Time.Advance(TimeSpan.FromDays(20));
        await bench.AppendAsync(OutboxBench.Batch(2));

        for (var wrong = 0; wrong < 2; wrong++)
        {
            bench.Time.Set(start.AddYears(14 + wrong));
            await bench.ReopenAsync();
            await bench.AppendAsync(OutboxBench.Batch(3 + wrong));
        }
        Assert.Equal([1, 2, 3, 4], bench.Kept(Lane.Backfill));
        // Set right, and wrong again.
        bench.Time.Set(start.AddDays(21));
        await bench.AppendAsync(OutboxBench.Batch(5));
        bench.Time.Set(start.AddYears(14));
        await bench.AppendAsync(OutboxBench.Batch(6));
        Assert.Equal([1, 2, 3, 4, 5, 6], bench.Kept(Lane.Backfill));

        // What it has waited since the newest stamp counts, whatever the clock shows.
        bench.Time.Advance(TimeSpan.FromDays(11));
        await bench.AppendAsync(OutboxBench.Batch(7));
        Assert.Equal([null, 2, 3, 4, 5, 6, 7], bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task A_clock_that_was_far_ahead_at_the_start_and_is_set_right_makes_nothing_old()
    {
        await using var bench = new OutboxBench(new() { MaxPendingAge = TimeSpan.FromDays(30) });
        var start = bench.Time.GetUtcNow();
        bench.Time.Set(start.AddYears(14));
        await bench.ReopenAsync();

        bench.Time.Set(start);
        await bench.AppendAsync(OutboxBench.Batch(1));
        await bench.AppendAsync(OutboxBench.Batch(2));

        Assert.Equal([1, 2], bench.Kept(Lane.Backfill));
    }

    // A clock without a battery starts in 1970, and learns the time when the link is there.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_clock_that_was_in_1970_at_the_start_lets_things_get_old_all_the_same(bool hasBatches)
    {
        await using var bench = new OutboxBench(new() { MaxPendingAge = TimeSpan.FromDays(30) });
        var start = bench.Time.GetUtcNow();
        if (hasBatches) await bench.AppendAsync(OutboxBench.Batch(1));
        bench.Time.Set(DateTimeOffset.UnixEpoch.AddMinutes(10));
        await bench.ReopenAsync();
        bench.Time.Advance(TimeSpan.FromMinutes(1));
        await bench.AppendAsync();

        bench.Time.Set(start.AddDays(1));
        await bench.AppendAsync(OutboxBench.Batch(2));
        Assert.Equal(hasBatches ? [1, 2] : [2], bench.Kept(Lane.Backfill));
        bench.Time.Advance(TimeSpan.FromDays(31));
        await bench.AppendAsync(OutboxBench.Batch(3));

        Assert.Equal(hasBatches ? [null, null, 3] : [null, 3], bench.Kept(Lane.Backfill));
    }

    // Azure/Industrial-IoT#143: 114 980 000 notifications were lost behind a log line.
    [Fact]
    public async Task Giving_samples_up_is_an_alarm_told_once()
    {
        var log = new LogLines<OutboxStore>();
        await using var bench = new OutboxBench(new() { MaxPendingBytes = 64 << 10 }, log);
        for (var i = 0; i < 60; i++) await bench.AppendAsync(Noise(i * 20_000L, ScanContent.Levels, seconds: 20));

        Assert.Contains("given up", Assert.Single(log.Critical), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_commit_thins_a_bounded_number_of_batches_while_there_is_room()
    {
        await using var bench = new OutboxBench(new() { MaxPendingBytes = 1 << 30 });
        for (var i = 0; i < 200; i++)
            await bench.Store.AppendAsync(Noise(i * 20_000L, ScanContent.Levels, seconds: 20), CancellationToken.None);
        await bench.Store.FlushAsync();
        // Just within the limit, and above where thinning begins.
        var limit = bench.Store.State.PendingBytes * 102 / 100;
        await bench.ReopenAsync(new() { MaxPendingBytes = limit });

        await bench.AppendAsync(Noise(5_000_000, ScanContent.Levels, 1));

        Assert.InRange(bench.Number("SELECT count(*) FROM batch WHERE thinned = 1"), 1, 64);
    }

    // T19: a small disk (SQLite's WAL alone takes 16 MB) under a limit that is smaller still, and somebody who takes what is left of it.
    [SmallDiskFact]
    public async Task A_small_disk_is_survived_by_dropping_by_priority_and_the_gaps_arrive()
    {
        using var disk = new SmallDisk(64);
        var options = new OutboxOptions { MaxPendingBytes = 2 << 20, ReserveBytes = 1 << 20 };
        await using var bench = new OutboxBench(options, directory: disk.Path);
        var (measured, other) = (0L, Path.Combine(disk.Path, "other"));
        for (var i = 0; i < 300; i++)
        {
            var content = i % 10 == 0 && i != 150 ? ScanContent.Registers : ScanContent.Levels;
            if (i == 150) await File.WriteAllBytesAsync(other, new byte[Math.Max(0, disk.Free - (1 << 16))]);
            // Meanwhile the drivers wait: a disk that is full of other things is not the outbox's to empty.
            if (i == 160) File.Delete(other);
            if (i is >= 150 and < 160)
                await bench.Store.AppendAsync(Noise(i * 20_000L, ScanContent.Levels, 20, tags: 100), CancellationToken.None);
            else
                await bench.AppendAsync(Noise(i * 20_000L, content, 20, tags: 100));
            measured += content == ScanContent.Registers ? 100 : 2000;
        }
        var cloud = new DrainedCloud();
        var gaps = bench.Gaps(Lane.Backfill);

        await cloud.DrainAsync(bench.Store);
        await bench.AppendAsync(OutboxBench.Batch(1_000_000_000));

        Assert.NotEmpty(gaps);
        Assert.Equal(gaps.Count, cloud.Gaps);
        Assert.Equal(measured + 1, bench.Store.State.Measured);
        // Every register read is there; of the levels each is there or in a gap.
        var samples = bench.Samples(Lane.Backfill);
        Assert.Equal(measured + 1, samples.Counts.Count + samples.Gaps);
        Assert.Equal(29 * 100, bench.Number("SELECT sum(points) FROM batch WHERE content = 2"));
    }

    private static int Points(OutboxBench bench, long sequence) => bench.Store.Read(Lane.Backfill, sequence)?.Block.PointCount ?? -1;

    /// <summary>One scan a second of counts that no compression makes small.</summary>
    private static SealedBatch Noise(long from, ScanContent content, int seconds, uint tags = 10)
    {
        var random = new Random((int)(from / 1000));
        var builder = new BlockBuilder();
        for (var s = 0; s < (content == ScanContent.Registers && seconds > 1 ? 1 : seconds); s++)
            for (uint tag = 0; tag < tags; tag++)
                builder.Add($"meter/{content}", from + (s * 1000), tag, random.NextInt64(long.MaxValue), 0);
        return new(OutboxBench.Catalogue.Id, content, builder.Encode(), 0, []);
    }
}
