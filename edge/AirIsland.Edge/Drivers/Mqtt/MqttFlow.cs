namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// Tells when the broker has more than it may send: each acknowledgement brings a message at once, and then nothing comes although some are
/// not acknowledged. How many may be in flight is the broker's setting, which nobody tells: mosquitto's is 20, and may be 1. Thread-safe.
/// </summary>
internal sealed class MqttFlow
{
    private readonly Lock _gate = new();
    private int _arrived, _acknowledged;
    // Until the first acknowledgement proves otherwise: a broker that was away, or an edge, has something waiting.
    private bool _hasMore = true;

    public void Arrived() => Interlocked.Increment(ref _arrived);

    public void Acknowledged() => Interlocked.Increment(ref _acknowledged);

    /// <summary>Looks at what happened since it was asked last.</summary>
    public bool IsHeldUp(int unacknowledged)
    {
        lock (_gate)
        {
            var (arrived, acknowledged) = (Interlocked.Exchange(ref _arrived, 0), Interlocked.Exchange(ref _acknowledged, 0));
            if (acknowledged > 0) _hasMore = arrived >= acknowledged;
            return _hasMore && arrived == 0 && unacknowledged > 0;
        }
    }
}
