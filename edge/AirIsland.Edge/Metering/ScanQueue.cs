using System.Threading.Channels;

namespace AirIsland.Edge.Metering;

/// <summary>
/// The scans of a driver on their way to its consumer. Bounded: a consumer that does not pull holds back who writes. It knows what the
/// consumer is done with, which is more than what it has taken. One reader, any writers.
/// </summary>
public sealed class ScanQueue(int capacity)
{
    private readonly Channel<Scan> _scans = Channel.CreateBounded<Scan>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly List<(long Upto, TaskCompletionSource Done)> _waiting = [];
    private long _written, _done;
    private bool _isOver;

    /// <summary>False when the queue is complete: the scan was not taken.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> came first.</exception>
    public async ValueTask<bool> WriteAsync(Scan scan, CancellationToken cancellationToken)
    {
        for (var hasRoom = true; hasRoom; hasRoom = await _scans.Writer.WaitToWriteAsync(cancellationToken))
        {
            if (TryWrite(scan)) return true;
        }
        return false;
    }

    /// <summary>False when there is no room, or the queue is complete.</summary>
    public bool TryWrite(Scan scan)
    {
        lock (_gate)
        {
            if (!_scans.Writer.TryWrite(scan)) return false;
            _written++;
            return true;
        }
    }

    /// <summary>False when the queue is complete.</summary>
    public ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken) => _scans.Writer.WaitToWriteAsync(cancellationToken);

    /// <summary>Nothing more comes; the consumer's sequence ends after what is there, or with <paramref name="fault"/>.</summary>
    public void Complete(Exception? fault = null) => _scans.Writer.TryComplete(fault);

    /// <summary>To be called once.</summary>
    public async IAsyncEnumerable<Scan> ReadAllAsync()
    {
        try
        {
            await foreach (var scan in _scans.Reader.ReadAllAsync(CancellationToken.None))
            {
                yield return scan;
                Done();
            }
        }
        finally
        {
            End();
        }
    }

    /// <summary>Completes when the consumer is done with every scan written so far, or will take none any more.</summary>
    public Task ConsumedAsync()
    {
        lock (_gate)
        {
            if (_isOver || _done == _written) return Task.CompletedTask;
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((_written, done));
            return done.Task;
        }
    }

    private void Done()
    {
        lock (_gate)
        {
            _done++;
            foreach (var (_, done) in _waiting.Where(w => w.Upto <= _done)) done.TrySetResult();
            _waiting.RemoveAll(w => w.Upto <= _done);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _isOver = true;
            foreach (var (_, done) in _waiting) done.TrySetResult();
            _waiting.Clear();
        }
    }
}
