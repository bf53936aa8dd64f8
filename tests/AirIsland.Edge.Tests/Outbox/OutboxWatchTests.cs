using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

public class OutboxWatchTests
{
    private readonly LogLines<OutboxWatch> _log = new();

    // telegraf#16314, #15868: the disk buffer silently stopped flushing.
    [Fact]
    public async Task An_outbox_that_is_not_drained_although_the_link_is_up_is_an_alarm_told_once()
    {
        await using var bench = new OutboxBench();
        using var watch = Watch(bench);
        bench.Store.Link.IsUp = true;
        await bench.AppendAsync(OutboxBench.Batch(1), OutboxBench.Batch(2));

        LookFor(bench, watch, minutes: 14);
        Assert.Empty(_log.Critical);
        LookFor(bench, watch, minutes: 30);

        Assert.Contains("2 batches wait", Assert.Single(_log.Critical), StringComparison.Ordinal);
        Assert.True(bench.Status.IsStalled);

        bench.Store.Acknowledge(Lane.Live, 1);
        await bench.Store.FlushAsync();
        LookFor(bench, watch, minutes: 1);
        Assert.False(bench.Status.IsStalled);
    }

    [Fact]
    public async Task Neither_a_link_that_is_down_nor_an_outbox_that_moves_or_is_empty_is_an_alarm()
    {
        await using var bench = new OutboxBench();
        using var watch = Watch(bench);
        bench.Store.Link.IsUp = true;
        LookFor(bench, watch, minutes: 60);
        for (var i = 1; i <= 10; i++)
        {
            await bench.AppendAsync(OutboxBench.Batch(i), OutboxBench.Batch(100 + i));
            bench.Store.Acknowledge(Lane.Live, i);
            await bench.Store.FlushAsync();
            LookFor(bench, watch, minutes: 10);
        }
        bench.Store.Link.IsUp = false;
        LookFor(bench, watch, minutes: 60);

        Assert.Empty(_log.Critical);
    }

    private static void LookFor(OutboxBench bench, OutboxWatch watch, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            bench.Time.Advance(TimeSpan.FromMinutes(1));
            watch.Look();
        }
    }

    private OutboxWatch Watch(OutboxBench bench) => new(bench.Store, new(), bench.Status, bench.Time, _log);
}
