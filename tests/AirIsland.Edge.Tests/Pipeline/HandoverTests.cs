using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Pipeline;

namespace AirIsland.Edge.Tests.Pipeline;

public class HandoverTests
{
    private static readonly SealedBatch Batch = new([], ScanContent.Levels, null, 0, []);

    [Fact]
    public async Task There_is_room_while_the_outbox_takes_batches()
    {
        var handover = new Handover((_, _) => ValueTask.CompletedTask);

        handover.OnNext(Batch);

        Assert.True(handover.Room.IsCompletedSuccessfully);
        handover.OnCompleted();
        await handover.Completed.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_full_outbox_leaves_no_room_until_it_took_the_batch()
    {
        var took = new TaskCompletionSource();
        var handover = new Handover((_, _) => new ValueTask(took.Task));

        handover.OnNext(Batch);
        handover.OnCompleted();
        Assert.False(handover.Room.IsCompleted);
        Assert.False(handover.Completed.IsCompleted);

        took.SetResult();
        await handover.Completed.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(handover.Room.IsCompletedSuccessfully);
    }
}
