using AirIsland.Proto.Telemetry.V1;
using Grpc.Core;
using Lane = AirIsland.Edge.Outbox.Lane;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Edge.Tests.Uplink;

public class UplinkTests
{
    [Fact]
    public async Task Everything_arrives_once_and_in_order()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 40);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 40), bench.Stored);
        Assert.Equal(40, bench.Cloud.Received.Count);
    }

    [Fact]
    public async Task A_link_that_breaks_before_an_acknowledgement_goes_on_at_the_watermark()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 20);
        bench.Cloud.Answered = OnceAt(7, () => throw new RpcException(new(StatusCode.Unavailable, "broken")));

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 20), bench.Stored);
        Assert.Equal(2, bench.Cloud.Hellos.Count);
        // What the cloud stored without saying so is not sent again.
        Assert.Single(bench.Cloud.Received, b => UplinkBench.Count(b) == 7);
    }

    [Fact]
    public async Task A_batch_that_the_cloud_wants_again_later_comes_again_and_the_rest_behind_it()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 20);
        var refusals = 0;
        bench.Cloud.Answering = b => b.Sequence == 5 && refusals++ < 3 ? Status.Retry : Status.Stored;

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 20), bench.Stored);
        Assert.Single(bench.Cloud.Hellos);
        Assert.Single(bench.Log.Warnings);
    }

    [Fact]
    public async Task A_rejected_batch_is_put_aside_and_a_new_link_neither_renumbers_nor_forgets_what_is_kept()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 4);
        bench.Cloud.Answering = b => b.Sequence == 4 ? Status.Rejected : Status.Stored;
        await bench.StartAsync();
        await bench.DrainedAsync();
        var epoch = bench.Outbox.Store.State.Epoch;

        // The next link begins with the rejected number as the watermark, and its bytes are not those that are kept.
        bench.Cloud.RefuseOnce();
        await bench.AppendAsync(5, 6);
        await bench.DrainedAsync();

        Assert.Equal([1, 2, 3, 5, 6], bench.Stored);
        Assert.Equal(epoch, bench.Outbox.Store.State.Epoch);
        Assert.Equal([1, 2, 3, null], bench.Outbox.Kept(Lane.Backfill));
        Assert.Equal(1, bench.Outbox.Status.Rejected);
        Assert.Equal(1, bench.Outbox.Number("SELECT count(*) FROM aside"));
    }

    [Fact]
    public async Task A_number_the_cloud_knows_with_other_bytes_starts_a_new_epoch_and_nothing_is_lost_or_sent_twice()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 20);
        bench.Cloud.Answering = ReusedOnceAt(9);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 20), bench.Stored);
        Assert.Equal(2, bench.Cloud.Received.Select(b => b.Epoch).Distinct().Count());
    }

    [Fact]
    public async Task An_edge_that_another_took_over_rests_and_says_so_once()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 3);
        bench.Cloud.Welcoming = (_, _) => bench.Cloud.Hellos.Count <= 3
            ? throw new RpcException(new(StatusCode.Aborted, "a newer stream of this edge took over"))
            : Task.CompletedTask;

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 3), bench.Stored);
        Assert.Single(bench.Log.Warnings, l => l.Contains("Another process took over as edge edge-1", StringComparison.Ordinal));
        Assert.All(Rests(bench.Cloud), r => Assert.True(r >= UplinkBench.Options.FencedRest * 0.9, $"rested only {r}"));
    }

    [Fact]
    public async Task A_cloud_that_takes_batches_and_never_answers_is_left_and_tried_again()
    {
        var options = UplinkBench.Options with { AcknowledgeWithin = TimeSpan.FromMilliseconds(300) };
        await using var bench = await UplinkBench.OpenAsync(batches: 5, options);
        bench.Cloud.Answering = _ => bench.Cloud.Hellos.Count < 3 ? null : Status.Stored;

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 5), bench.Stored);
        Assert.Contains(bench.Log.Warnings, l => l.Contains("no acknowledgement on lane Backfill in time", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cloud_that_never_says_welcome_is_left_and_tried_again()
    {
        var options = UplinkBench.Options with { AcknowledgeWithin = TimeSpan.FromMilliseconds(300) };
        await using var bench = await UplinkBench.OpenAsync(batches: 5, options);
        bench.Cloud.Welcoming = (_, ended) =>
            bench.Cloud.Hellos.Count > 1 ? Task.CompletedTask : Task.Delay(Timeout.InfiniteTimeSpan, ended);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 5), bench.Stored);
    }

    [Fact]
    public async Task A_cloud_that_welcomes_and_then_refuses_is_left_alone_longer_each_time_and_the_log_says_why_once()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 1);
        bench.Cloud.Answering = _ => bench.Cloud.Hellos.Count < 6
            ? throw new RpcException(new(StatusCode.InvalidArgument, "the catalogue is of edge 'other'"))
            : Status.Stored;

        await bench.StartAsync();
        await bench.DrainedAsync();

        // 20, 40, 80, 160 ms and then 200 ms, each up to a fifth shorter.
        Assert.True(Rests(bench.Cloud)[^1] >= UplinkBench.Options.LongestRest * 0.75, $"rests: {string.Join(", ", Rests(bench.Cloud))}");
        Assert.Single(bench.Log.Warnings, l => l.Contains("InvalidArgument the catalogue is of edge 'other'", StringComparison.Ordinal));
        Assert.Single(bench.Log.All, l => l.Contains("worked again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cloud_put_back_from_a_backup_gets_what_it_lacks_again()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 10);
        await bench.StartAsync();
        await bench.DrainedAsync();

        bench.Cloud.RestoreTo(4);
        bench.Cloud.RefuseOnce();
        await bench.AppendAsync(11, 12);
        await bench.DrainedAsync();

        Assert.Equal(Numbers(1, 12), bench.Stored.Order());
        Assert.DoesNotContain(bench.Cloud.Stored, b => b.PointCount == 0);
    }

    [Fact]
    public async Task A_cloud_put_back_further_than_is_kept_learns_what_it_lacks_and_only_that()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 200, outbox: new() { MaxKeptBytes = 0 });
        await bench.StartAsync();
        await bench.DrainedAsync();
        await bench.Outbox.AppendAsync();

        bench.Cloud.RestoreTo(100);
        bench.Cloud.RefuseOnce();
        await bench.AppendAsync(201, 202);
        await bench.DrainedAsync();

        Assert.Equal([.. Numbers(1, 100), 201, 202], bench.Stored.Order());
        var gap = Assert.Single(bench.Gaps);
        // One reading a batch, at the millisecond of its number; to the stretch of 64 batches.
        Assert.InRange(gap.From, 101 - 64, 101);
        Assert.Equal(201, gap.To);
        Assert.InRange(gap.Count, 100u, 164u);
    }

    [Fact]
    public async Task A_cloud_put_back_to_before_a_new_epoch_learns_what_that_left_behind()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 20);
        bench.Cloud.Answering = ReusedOnceAt(9);
        await bench.StartAsync();
        await bench.DrainedAsync();

        bench.Cloud.RestoreTo(4);
        bench.Cloud.RefuseOnce();
        await bench.AppendAsync(21, 21);
        await bench.DrainedAsync();

        Assert.Equal([.. Numbers(1, 4), .. Numbers(9, 21)], bench.Stored.Order());
        var gap = Assert.Single(bench.Gaps);
        Assert.Equal((1, 9, 8u), (gap.From, gap.To, gap.Count));
    }

    [Fact]
    public async Task A_batch_whose_row_is_gone_becomes_a_gap_and_the_rest_goes_on()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 6);
        bench.Outbox.Execute("DELETE FROM batch WHERE sequence = 4");

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal([1, 2, 3, 5, 6], bench.Stored);
        var gap = Assert.Single(bench.Gaps);
        Assert.Equal((4, 5), (gap.From, gap.To));
        Assert.Contains(bench.Log.Warnings, l => l.Contains("did not keep batch Backfill 4", StringComparison.Ordinal));
    }

    private static IEnumerable<long> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1).Select(n => (long)n);

    private static List<TimeSpan> Rests(ScriptedCloud cloud)
    {
        var hellos = cloud.Hellos.ToList();
        return [.. hellos.Zip(hellos.Skip(1), (a, b) => TimeProvider.System.GetElapsedTime(a.At, b.At))];
    }

    private static Func<Batch, Status?> ReusedOnceAt(ulong sequence)
    {
        var reused = false;
        return batch =>
        {
            if (batch.Sequence < sequence || reused) return Status.Stored;
            reused = true;
            return Status.SequenceReused;
        };
    }

    private static Action<Batch> OnceAt(ulong sequence, Action action)
    {
        var done = false;
        return batch =>
        {
            if (done || batch.Sequence != sequence) return;
            done = true;
            action();
        };
    }
}
