using System.Threading.Channels;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using Microsoft.Data.Sqlite;

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
        await using var bench = new OutboxBench(new() { MaxFileBytes = 4 << 20 });
        bench.Store.Link.IsUp = true;
        // The n-th write brings more than the file may hold: SQLite itself says that the disk is full, in the middle of a transaction.
        bench.Execute("CREATE TABLE ballast(bytes BLOB)");
        // Which write it is, the file itself says: the batch's number, the lane's last number, the samples measured.
        var value = write.Split(' ')[^1] switch { "batch" => "sequence", "lane" => "appended", _ => "measured" };
        bench.Execute($"CREATE TRIGGER planned {write} WHEN NEW.{value} >= {n} BEGIN INSERT INTO ballast VALUES (zeroblob(8 << 20)); END");
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

        // A full disk may cost what was acknowledged, and nothing else.
        var oldest = bench.Store.State.Live.Oldest;
        Assert.InRange(oldest, 1, n > 2 ? 3 : 1);
        Assert.Equal(accepted.Where(a => a >= oldest), bench.Kept(Lane.Live).Select(k => k.GetValueOrDefault()));
        Assert.Equal(n - 1, bench.Store.State.Measured);
        Assert.Equal(n == 1 ? null : n - 1, bench.Store.Recent("topic").Last);
        Assert.Equal(n > 2 ? 2 : 0, bench.Store.State.Live.Acknowledged);
    }

    [Fact]
    public async Task A_disk_that_recovers_gets_everything_in_order()
    {
        await using var bench = new OutboxBench();
        await bench.AppendAsync(OutboxBench.Batch(1));
        var other = bench.HoldWriteLock();
        for (var i = 2; i <= 9; i++) await bench.Store.AppendAsync(OutboxBench.Batch(i), CancellationToken.None);
        var flushed = bench.Store.FlushAsync();
        Assert.NotSame(flushed, await Task.WhenAny(flushed, Task.Delay(300, CancellationToken.None)));

        other.Dispose();
        await flushed.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], bench.Kept(Lane.Backfill));
        Assert.Equal(9, bench.Store.State.Measured);
    }

    [Fact]
    public async Task A_disk_that_fails_for_longer_than_a_commit_waits_is_named_once()
    {
        var log = new LogLines<OutboxStore>();
        await using var bench = new OutboxBench(logger: log);
        using (bench.HoldWriteLock())
        {
            await bench.Store.AppendAsync(OutboxBench.Batch(1), CancellationToken.None);
            await Eventually.HoldsAsync(() => log.Warnings.Any(), "the failed commit");
        }
        await bench.Store.FlushAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Contains("database is locked", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.Equal([1], bench.Kept(Lane.Backfill));
    }

    [Fact]
    public async Task A_failure_that_no_disk_makes_surfaces_and_keeps_nobody_waiting()
    {
        await using var bench = new OutboxBench();
        bench.Execute("CREATE TRIGGER planned BEFORE INSERT ON batch BEGIN SELECT RAISE(ABORT, 'planned'); END");

        await bench.Store.AppendAsync(OutboxBench.Batch(1), CancellationToken.None);
        var flushed = bench.Store.FlushAsync();

        var running = bench.Store.ExecuteTask;
        Assert.NotNull(running);
        var failure = await Assert.ThrowsAsync<SqliteException>(() => running.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Contains("planned", failure.Message, StringComparison.Ordinal);
        var told = await Record.ExceptionAsync(() => flushed.WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.True(told is OperationCanceledException or ChannelClosedException, $"the flush ended with {told}");
        await Assert.ThrowsAsync<ChannelClosedException>(async () =>
            await bench.Store.AppendAsync(OutboxBench.Batch(2), CancellationToken.None));
    }

    [Fact]
    public async Task A_directory_has_one_outbox_at_a_time()
    {
        await using var bench = new OutboxBench();

        var refused = Assert.Throws<OutboxException>(bench.Another);

        Assert.Contains(bench.Directory, refused.Message, StringComparison.Ordinal);
        await bench.ReopenAsync();
    }

    [Fact]
    public async Task A_full_disk_holds_the_drivers_back_and_goes_on_when_the_cloud_took_something()
    {
        await using var bench = new OutboxBench(new() { MaxFileBytes = 1 << 20, Queue = 4 });
        var appended = await FillAsync(bench);
        var stored = bench.Store.State.Backfill.Appended;
        Assert.InRange(stored, 10, appended - 1);

        bench.Store.Acknowledge(Lane.Backfill, stored / 2);
        await bench.Store.FlushAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(appended, bench.Store.State.Backfill.Appended);
        Assert.Equal(appended * 2000L, bench.Store.State.Measured);
        Assert.Equal(0, bench.Status.Dropped);
    }

    // thingsboard-gateway#1483: a full store never recovered. Draining needs no free space.
    [SmallDiskFact]
    public async Task A_disk_without_a_byte_left_is_drained_again_and_again_and_takes_what_waited()
    {
        using var disk = new SmallDisk(40);
        var options = new OutboxOptions { Queue = 4, ReserveBytes = 8 << 20 };
        await using var bench = new OutboxBench(options, directory: disk.Path);
        var reserve = new FileInfo(Path.Combine(disk.Path, "outbox.reserve"));
        Assert.Equal(8 << 20, reserve.Length);
        var appended = 0;
        for (var round = 0; round < 3; round++)
        {
            appended += await FillAsync(bench, appended);
            if (round == 0)
            {
                FillUp(disk);
                Assert.True(disk.Free < 64 << 10, $"{disk.Free} bytes are free");
            }
            var stored = bench.Store.State.Backfill.Appended;

            bench.Store.Acknowledge(Lane.Backfill, stored);
            await bench.Store.FlushAsync().WaitAsync(TimeSpan.FromSeconds(30));

            Assert.Equal(appended, bench.Store.State.Backfill.Appended);
            Assert.True(bench.Store.State.Backfill.Acknowledged >= stored);
        }
        Assert.Equal(appended * 2000L, bench.Store.State.Measured);
        Assert.Equal(0, bench.Status.Dropped);

        // The room is there again: so is the reserve, after the next start at the latest.
        File.Delete(Path.Combine(disk.Path, "other"));
        await bench.ReopenAsync();
        reserve.Refresh();
        Assert.Equal(8 << 20, reserve.Length);
    }

    // Something else on the disk takes what is left.
    private static void FillUp(SmallDisk disk)
    {
        using var other = new FileStream(Path.Combine(disk.Path, "other"), FileMode.Append);
        var piece = new byte[4096];
        try
        {
            for (var i = 0; i < 20_000; i++)
            {
                other.Write(piece);
                other.Flush();
            }
        }
        catch (IOException)
        {
            // Full, as wanted.
        }
    }

    /// <summary>Appends until that blocks; returns how many batches were taken.</summary>
    private static async Task<int> FillAsync(OutboxBench bench, int from = 0)
    {
        for (var appended = from; appended < from + 5000; appended++)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            try
            {
                await bench.Store.AppendAsync(OutboxBench.Batch(appended * 100_000L, size: 2000), patience.Token);
            }
            catch (OperationCanceledException)
            {
                return appended - from;
            }
        }
        Assert.Fail("the outbox never was full");
        return 0;
    }
}
