using AirIsland.Edge.Tests.Outbox;
using AirIsland.Edge.Uplink;
using Lane = AirIsland.Proto.Telemetry.V1.Lane;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Edge.Tests.Uplink;

/// <summary>What a link does to a conversation, and what the cloud does to it that is worse than refusing.</summary>
public class UplinkFaultTests
{
    private static readonly UplinkOptions Quick = UplinkBench.Options with
    {
        AcknowledgeWithin = TimeSpan.FromSeconds(1),
        KeepAlive = TimeSpan.FromSeconds(1),
    };

    // grpc/grpc-dotnet#2588, #2688, #770: reads of a half-open stream never end. grpc/grpc#15871: 15 minutes under heavy writes.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_half_open_link_is_left_and_nothing_is_lost_or_sent_twice(bool swallow)
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 5, Quick, hasProxy: true);
        await bench.StartAsync();
        await bench.DrainedAsync();

        bench.Proxy.Freeze(swallow);
        await bench.AppendAsync(6, 30);
        await bench.DrainedAsync();

        Assert.Equal(Numbers(30), bench.Stored.Order());
        Assert.Equal(2, bench.Cloud.Hellos.Count);
    }

    [Fact]
    public async Task A_half_open_link_with_nothing_to_send_is_noticed_within_thirty_seconds()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 1, new UplinkOptions { DrainWithin = TimeSpan.Zero }, hasProxy: true);
        await bench.StartAsync();
        await bench.DrainedAsync();

        bench.Proxy.Freeze(swallow: true);

        await Eventually.HoldsAsync(() => bench.Cloud.Hellos.Count == 2, "a second conversation", seconds: 30);
    }

    // grpc/grpc-dotnet#1422: the peer does not consume, flow control holds the write for ever, and its pings are still answered.
    [Fact]
    public async Task A_cloud_that_never_consumes_is_left_and_tried_again()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 0, Quick with { BackfillBytes = 16 << 20 });
        bench.Cloud.Reading = () => bench.Cloud.Hellos.Count == 1 ? new TaskCompletionSource().Task : Task.CompletedTask;
        // Together more than a stream's window.
        await bench.Outbox.AppendAsync([.. Enumerable.Range(1, 6).Select(n => OutboxBench.Batch(n, size: 60_000))]);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(6), bench.Stored);
        Assert.Contains(bench.Log.Warnings, l => l.Contains("no acknowledgement on lane Backfill in time", StringComparison.Ordinal));
    }

    // The processes of a cluster: nobody listens at the first, the second takes batches and stores none.
    [Fact]
    public async Task Of_several_addresses_the_next_is_tried_and_the_one_that_works_is_kept()
    {
        await using var second = await ScriptedCloud.StartAsync();
        second.Reading = () => new TaskCompletionSource().Task;
        await using var bench = UplinkBench.Open(await ScriptedCloud.StartAsync(), Quick, new Uri("http://127.0.0.1:1"), second.Address);
        await bench.AppendAsync(1, 100);

        await bench.StartAsync();
        await bench.DrainedAsync();
        await bench.AppendAsync(101, 110);
        await bench.DrainedAsync();

        Assert.Equal(Numbers(110), bench.Stored.Order());
        Assert.Single(second.Hellos);
        Assert.Single(bench.Cloud.Hellos);
        Assert.Contains(bench.Log.Warnings, l => l.Contains("The link to http://127.0.0.1:1/ was down", StringComparison.Ordinal));
    }

    // Its store may be full or away for hours: alive, and of no use as long as another one takes batches.
    [Fact]
    public async Task A_cloud_that_only_says_retry_is_left_for_the_next_of_several()
    {
        await using var refusing = await ScriptedCloud.StartAsync();
        refusing.Answering = _ => Status.Retry;
        var options = Quick with { StoreWithin = TimeSpan.FromMilliseconds(500) };
        await using var bench = UplinkBench.Open(await ScriptedCloud.StartAsync(), options, refusing.Address);
        await bench.AppendAsync(1, 20);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(20), bench.Stored);
        Assert.Single(refusing.Hellos);
        Assert.Single(bench.Cloud.Hellos);
        Assert.Contains(bench.Log.Warnings, l => l.Contains("stored nothing for 0.5 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_only_cloud_may_say_retry_as_long_as_it_wants()
    {
        await using var bench = await UplinkBench.OpenAsync(5, Quick with { StoreWithin = TimeSpan.FromMilliseconds(100) });
        bench.Cloud.Answering = _ => bench.Cloud.Received.Count < 60 ? Status.Retry : Status.Stored;

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(5), bench.Stored);
        Assert.Single(bench.Cloud.Hellos);
    }

    [Fact]
    public async Task A_cloud_that_restarts_in_the_middle_gets_every_batch_once()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 50);
        bench.Cloud.Reading = () => Task.Delay(5);
        await bench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Cloud.Stored.Count >= 5, "a few stored");

        for (var restart = 0; restart < 3; restart++)
        {
            await bench.Cloud.RestartAsync();
            await bench.AppendAsync(51 + (restart * 50), 100 + (restart * 50));
        }
        await bench.DrainedAsync();

        Assert.Equal(Numbers(200), bench.Stored.Order());
    }

    [Fact]
    public async Task A_slow_cloud_is_not_a_dead_one()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 10, Quick with { AcknowledgeWithin = TimeSpan.FromSeconds(4) });
        // Together longer than an acknowledgement may take, each of them shorter.
        bench.Cloud.Reading = () => Task.Delay(600);

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(10), bench.Stored);
        Assert.Empty(bench.Log.Warnings);
        Assert.Single(bench.Cloud.Hellos);
    }

    [Theory]
    [InlineData(Status.Stored)]
    [InlineData(Status.Rejected)]
    public async Task An_answer_to_a_batch_that_was_never_sent_is_not_believed(Status answer)
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 20);
        bench.Cloud.Saying = ack =>
        {
            if (bench.Cloud.Hellos.Count == 1 && ack.Sequence == 2) (ack.Sequence, ack.Status) = (20, answer);
        };

        await bench.StartAsync();
        await bench.DrainedAsync();

        Assert.Equal(Numbers(20), bench.Stored);
        Assert.Equal(0, bench.Outbox.Status.Rejected);
        Assert.Contains(bench.Log.Warnings, l => l.Contains("batch Backfill 20, which was not sent", StringComparison.Ordinal));
    }

    // edgexfoundry/app-service-configurable#318: store and forward did nothing after the outage. OpenEMS/openems#3798: what was sent again
    // was silently ignored. Backfill takes the same way as live.
    [Fact]
    public async Task After_a_day_without_a_link_everything_arrives_once_and_live_goes_first()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 0);
        for (var minute = 1; minute <= 24 * 60; minute++)
        {
            await bench.Outbox.Store.AppendAsync(OutboxBench.Batch(minute * 60_000), CancellationToken.None);
            bench.Outbox.Time.Advance(TimeSpan.FromMinutes(1));
        }
        await bench.Outbox.Store.FlushAsync();

        bench.Cloud.Reading = () => Task.Delay(1);
        await bench.StartAsync();
        await Eventually.HoldsAsync(() => bench.Cloud.Stored.Count > 100, "the backlog drains");
        await bench.Outbox.AppendAsync(OutboxBench.Batch(24 * 3_600_000 + 1));
        await bench.DrainedAsync();

        Assert.Equal([.. Enumerable.Range(1, 24 * 60).Select(m => m * 60_000L), (24 * 3_600_000) + 1], bench.Counts.Order());
        var live = bench.Cloud.Stored.ToList().FindIndex(b => b.Lane == Lane.Live);
        Assert.InRange(live, 100, 1000);
    }

    // dotnet/MQTTnet#2249: replay follows numbers, because clocks step.
    [Fact]
    public async Task A_clock_that_jumps_changes_neither_order_nor_count()
    {
        await using var bench = await UplinkBench.OpenAsync(batches: 10);
        await bench.StartAsync();
        // Less than what waits may be old: for this clock a step is time that passed.
        bench.Outbox.Time.Advance(TimeSpan.FromDays(60));
        await bench.AppendAsync(11, 20);
        bench.Outbox.Time.Set(DateTimeOffset.UnixEpoch);
        await bench.AppendAsync(21, 30);
        bench.Cloud.RefuseOnce();
        await bench.AppendAsync(31, 40);
        await bench.DrainedAsync();

        Assert.Equal(Numbers(40), bench.Stored.Order());
        Assert.Equal(0, bench.Outbox.Status.Dropped);
    }

    private static IEnumerable<long> Numbers(int last) => Enumerable.Range(1, last).Select(n => (long)n);
}
