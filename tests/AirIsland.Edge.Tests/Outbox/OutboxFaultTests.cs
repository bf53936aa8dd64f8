using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Tests.Outbox;

public class OutboxFaultTests
{
    private const int Batches = 6;

    public static TheoryData<int, string> Writes()
    {
        var writes = new TheoryData<int, string>();
        for (var n = 1; n <= Batches; n++)
        {
            writes.Add(n, "BEFORE INSERT ON batch");
            writes.Add(n, "BEFORE UPDATE ON lane");
            writes.Add(n, "BEFORE UPDATE ON meta");
        }
        return writes;
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task When_the_nth_write_fails_nothing_accepted_is_lost_and_nothing_acknowledged_comes_back(int n, string write)
    {
        await using var bench = new OutboxBench();
        bench.Store.Link.IsUp = true;
        // Which write it is, the file itself says: the batch's number, the lane's last number, the samples measured.
        var value = write.Split(' ')[^1] switch { "batch" => "sequence", "lane" => "appended", _ => "measured" };
        bench.Execute($"CREATE TRIGGER planned {write} WHEN NEW.{value} >= {n} BEGIN SELECT RAISE(ABORT, 'planned'); END");
        var accepted = new List<long>();
        for (var i = 1; i <= Batches; i++)
        {
            var number = i;
            var receipt = new Receipt("topic", i, () => accepted.Add(number));
            await bench.Store.AppendAsync(OutboxBench.Batch(i, receipts: receipt), CancellationToken.None);
            if (i < n) await bench.Store.FlushAsync();
            if (i == 2 && n > 2) bench.Store.Acknowledge(Lane.Live, 2);
        }
        await Eventually.HoldsAsync(() => accepted.Count == n - 1, $"{n - 1} batches accepted");

        // As after a crash: what was not accepted is gone with the process, and the source delivers it again.
        await bench.ReopenAsync();

        var kept = bench.Kept(Lane.Live);
        Assert.Equal(accepted, kept.Select(k => k.GetValueOrDefault()));
        Assert.Equal(n - 1, bench.Store.State.Measured);
        Assert.Equal(n == 1 ? long.MinValue : n - 1, bench.Store.Committed("topic"));
        Assert.Equal(n > 2 ? 2 : 0, bench.Store.State.Live.Acknowledged);
    }

    [Fact]
    public async Task A_disk_that_recovers_gets_everything_in_order()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1));
        bench.Execute("CREATE TRIGGER planned BEFORE INSERT ON batch BEGIN SELECT RAISE(ABORT, 'planned'); END");
        for (var i = 2; i <= 9; i++) await bench.Store.AppendAsync(OutboxBench.Batch(i), CancellationToken.None);
        var flushed = bench.Store.FlushAsync();
        Assert.NotSame(flushed, await Task.WhenAny(flushed, Task.Delay(300, CancellationToken.None)));

        bench.Execute("DROP TRIGGER planned");
        await flushed.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], bench.Kept(Lane.Backfill));
        Assert.Equal(9, bench.Store.State.Measured);
    }

    [Fact]
    public async Task A_full_disk_holds_the_drivers_back_and_goes_on_when_the_cloud_took_something()
    {
        await using var bench = new OutboxBench(new() { MaxFileBytes = 1 << 20, Queue = 4 });
        var (appended, blocked) = (0, false);
        for (; appended < 1000 && !blocked; appended++)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await bench.Store.AppendAsync(OutboxBench.Batch(appended * 100_000, size: 2000), patience.Token);
            }
            catch (OperationCanceledException)
            {
                blocked = true;
                appended--;
            }
        }
        Assert.True(blocked, "the outbox never was full");
        var stored = bench.Store.State.Backfill.Appended;
        Assert.InRange(stored, 10, appended - 1);

        bench.Store.Acknowledge(Lane.Backfill, stored / 2);
        await bench.Store.FlushAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(appended, bench.Store.State.Backfill.Appended);
        Assert.Equal(appended * 2000L, bench.Store.State.Measured);
        Assert.Equal(0, bench.Status.Dropped);
    }
}
