using AirIsland.Cloud.Tests.Storage;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry;
using Grpc.Core;
using Status = AirIsland.Proto.Telemetry.V1.Status;

namespace AirIsland.Cloud.Tests.Ingest;

/// <summary>Two edges with one id, and an outbox that was put back to an older copy of itself.</summary>
[Collection(StrictHost.Name)]
public sealed class CloneTests(StrictHost host)
{
    private const string Clones = "airisland_ingest_clones";
    private static int _edges;

    private readonly string _edge = $"clone-{Interlocked.Increment(ref _edges)}";

    [Fact]
    public async Task An_epoch_that_comes_back_after_another_is_an_alarm_and_nothing_of_either_is_lost()
    {
        var before = await host.CountedAsync(Clones);
        using var first = await GreetedAsync(epoch: 7);
        await StoredAsync(first, 1, second: 0, points: 2);
        using var second = await GreetedAsync(epoch: 8);
        await StoredAsync(second, 1, second: 10, points: 3);
        await FencedAsync(first);

        using var again = await GreetedAsync(epoch: 7);
        await StoredAsync(again, 2, second: 20, points: 4);
        await FencedAsync(second);

        await host.ReachesAsync(before + 1, Clones);
        Assert.Equal((2ul, 1ul), (await MarkAsync(7), await MarkAsync(8)));
    }

    [Fact]
    public async Task A_new_outbox_after_an_old_one_is_no_alarm()
    {
        var before = await host.CountedAsync(Clones);
        foreach (var epoch in (ulong[])[7, 7, 8, 9, 9])
        {
            using var call = await GreetedAsync(epoch);
            await call.SendBatchAsync(1, call.Levels(0, 1));
        }
        // What is scraped is a moment old: an alarm of another edge shows that this one's would be there.
        foreach (var epoch in (ulong[])[1, 2, 1])
        {
            using var other = new EdgeCall(host, $"{_edge}-other", epoch);
            await other.GreetAsync();
        }
        await host.ReachesAsync(before + 1, Clones);
        Assert.Equal(before + 1, await host.CountedAsync(Clones));
    }

    // The copy was taken after batch 1. What was sent since is stored, and what the copy sends under the same numbers is not it.
    [Fact]
    public async Task An_outbox_that_was_rolled_back_is_asked_for_a_new_epoch_and_loses_nothing()
    {
        using var call = await GreetedAsync(epoch: 7);
        await StoredAsync(call, 1, second: 0, points: 5);
        await StoredAsync(call, 2, second: 100, points: 5);
        await StoredAsync(call, 3, second: 200, points: 5);
        using var rolledBack = await GreetedAsync(epoch: 7);
        var kept = rolledBack.Levels(300, 1, points: 5);

        Assert.Equal(Status.SequenceReused, (await rolledBack.SendBatchAsync(2, kept)).Status);
        using var renumbered = await GreetedAsync(epoch: 8);
        Assert.Equal(Status.Stored, (await renumbered.SendBatchAsync(1, kept)).Status);

        Assert.Equal((3ul, 1ul), (await MarkAsync(7), await MarkAsync(8)));
        int[] wanted = [.. Enumerable.Range(0, 5).SelectMany(i => (int[])[i, 100 + i, 200 + i, 300 + i]).Order()];
        Assert.Equal(wanted, (await SecondsAsync()).Where(s => wanted.Contains(s)));
    }

    private async Task<EdgeCall> GreetedAsync(ulong epoch)
    {
        var call = new EdgeCall(host, _edge, epoch);
        await call.GreetAsync();
        return call;
    }

    private static async Task StoredAsync(EdgeCall call, ulong sequence, int second, int points) =>
        Assert.Equal(Status.Stored, (await call.SendBatchAsync(sequence, call.Levels(second, 1, points))).Status);

    private static async Task FencedAsync(EdgeCall call) =>
        Assert.Equal(StatusCode.Aborted, (await Assert.ThrowsAsync<RpcException>(async () => await call.NextAsync())).StatusCode);

    private async Task<ulong> MarkAsync(ulong epoch) =>
        Assert.Single(await host.Service<ITelemetryStore>().WatermarksAsync(_edge, epoch, default)).Sequence;

    /// <summary>Seconds after noon of what this edge has in the journal, read out of the bytes.</summary>
    private async Task<List<int>> SecondsAsync()
    {
        var seconds = new List<int>();
        await foreach (var entry in host.Service<ITelemetryStore>().Follow(new("moushan"), 0, default))
        {
            if (entry.Key.Edge != _edge) continue;
            foreach (var group in BlockReader.Read(entry.Payload, entry.Encoding).Groups)
                seconds.AddRange(group.Instants.Select(at => (int)((at - Batches.NoonMs) / 1000)));
        }
        return [.. seconds.Order()];
    }
}
