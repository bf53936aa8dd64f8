namespace AirIsland.Edge.Uplink;

/// <summary>
/// Runs, in real time, while batches of a lane wait for acknowledgement, and starts again with each acknowledgement. A stream alone is
/// never trusted: half-open ones look alive for a quarter of an hour.
/// </summary>
internal sealed class AckDeadline(TimeSpan within) : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly Lock _gate = new();
    private bool _isRunning;

    public CancellationToken Expired => _source.Token;

    public void Sent()
    {
        lock (_gate)
        {
            if (!_isRunning) _source.CancelAfter(within);
            _isRunning = true;
        }
    }

    public void Answered(bool isMoreWaiting)
    {
        lock (_gate)
        {
            _source.CancelAfter(isMoreWaiting ? within : Timeout.InfiniteTimeSpan);
            _isRunning = isMoreWaiting;
        }
    }

    public void Dispose() => _source.Dispose();
}
