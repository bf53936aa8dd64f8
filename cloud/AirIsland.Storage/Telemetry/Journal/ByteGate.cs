namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>
/// How many bytes may wait for the disk at once. Who comes when it is full waits in turn; whatever its size, one alone is let in.
/// </summary>
internal sealed class ByteGate(long capacity)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(long Bytes, TaskCompletionSource Entered)> _waiting = [];
    private long _inside;

    public ValueTask EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        LinkedListNode<(long Bytes, TaskCompletionSource Entered)> place;
        lock (_gate)
        {
            if (_waiting.Count == 0 && HasRoom(bytes))
            {
                _inside += bytes;
                return ValueTask.CompletedTask;
            }
            place = _waiting.AddLast((bytes, new(TaskCreationOptions.RunContinuationsAsynchronously)));
        }
        return new(WaitAsync(place, cancellationToken));
    }

    public void Leave(long bytes)
    {
        lock (_gate)
        {
            _inside -= bytes;
            Admit();
        }
    }

    private static async Task WaitAsync(
        LinkedListNode<(long Bytes, TaskCompletionSource Entered)> place, CancellationToken cancellationToken)
    {
        using var given = cancellationToken.Register(() => place.Value.Entered.TrySetCanceled(cancellationToken));
        await place.Value.Entered.Task;
    }

    private void Admit()
    {
        while (_waiting.First is { } next && (next.Value.Entered.Task.IsCanceled || HasRoom(next.Value.Bytes)))
        {
            _waiting.RemoveFirst();
            if (next.Value.Entered.TrySetResult()) _inside += next.Value.Bytes;
        }
    }

    private bool HasRoom(long bytes) => _inside == 0 || _inside + bytes <= capacity;
}
