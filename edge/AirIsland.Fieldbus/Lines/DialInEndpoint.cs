namespace AirIsland.Fieldbus.Lines;

/// <summary>The line of one gateway that dials in: its latest connection, waited for where there is none.</summary>
internal sealed class DialInEndpoint(DialInGateway gateway) : ILineEndpoint, IDisposable
{
    private readonly Lock _gate = new();
    private DialInLine? _line;
    private TaskCompletionSource _arrival = Arrival();
    private long _heartbeats;

    public string Name => gateway.Name;

    public DialInGateway Gateway => gateway;

    public bool Reopens => false;

    public TimeSpan Silence => gateway.Silence;

    public long Heartbeats => Interlocked.Read(ref _heartbeats);

    public async ValueTask<IByteLine> OpenAsync(CancellationToken ct)
    {
        while (true)
        {
            Task arrival;
            lock (_gate)
            {
                if (_line is { IsOpen: true } line)
                    return line;
                if (_arrival.Task.IsCompleted)
                    _arrival = Arrival();
                arrival = _arrival.Task;
            }

            await arrival.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Takes the new connection in place of the one before, which a gateway that dials again has given up, whether we heard of it or not.
    /// Returns whether there was one that still seemed open.
    /// </summary>
    public bool Attach(TcpLine connection, ReadOnlySpan<byte> heard)
    {
        var line = new DialInLine(connection, gateway.Heartbeat, () => Interlocked.Increment(ref _heartbeats));
        line.Heard(heard);
        DialInLine? before;
        lock (_gate)
        {
            (before, _line) = (_line, line);
            _arrival.TrySetResult();
        }

        var replaced = before is { IsOpen: true };
        before?.Dispose();
        return replaced;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _line?.Dispose();
            _line = null;
        }
    }

    private static TaskCompletionSource Arrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
