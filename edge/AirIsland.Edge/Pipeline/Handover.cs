using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// The end of the pipeline. Rx cannot wait, so a batch that finds the outbox full waits in <see cref="Room"/>, and the drivers wait for
/// that before they hand out more: the back-pressure of the outbox reaches the devices, and nothing is dropped.
/// </summary>
public sealed class Handover(Func<SealedBatch, CancellationToken, ValueTask> append) : IObserver<SealedBatch>
{
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _room = Task.CompletedTask;

    /// <summary>Completes when every batch so far is in the outbox's queue, in order.</summary>
    public Task Room => Volatile.Read(ref _room);

    /// <summary>Completes when the pipeline has ended and its last batch is in the outbox's queue.</summary>
    public Task Completed => _completed.Task;

    public void OnNext(SealedBatch value)
    {
        var appended = append(value, CancellationToken.None);
        if (!appended.IsCompletedSuccessfully) Volatile.Write(ref _room, appended.AsTask());
    }

    public void OnError(Exception error) => _completed.TrySetException(error);

    public void OnCompleted() => _ = CompleteAsync();

    private async Task CompleteAsync()
    {
        await Room.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Room.IsCompletedSuccessfully) _completed.TrySetResult();
        else if (Room.Exception is { } failure) _completed.TrySetException(failure.InnerExceptions);
        else _completed.TrySetCanceled();
    }
}
