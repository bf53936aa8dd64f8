namespace AirIsland.Cloud.Ingest;

/// <summary>
/// How long a wait may last. What ends it is told apart: a wait that is given up ends the call, and with it everything else, at once.
/// </summary>
internal sealed class Patience : IDisposable
{
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource _either;

    public Patience(CancellationToken stop) => _either = CancellationTokenSource.CreateLinkedTokenSource(stop, _over.Token);

    /// <summary>Fires when it is over, or when there is nothing to wait for any more.</summary>
    public CancellationToken Token => _either.Token;

    public bool IsOver => _over.IsCancellationRequested;

    public void Begin(TimeSpan limit) => _over.CancelAfter(limit);

    public void End() => _over.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _either.Dispose();
        _over.Dispose();
    }
}
