namespace AirIsland.Simulators.Devices;

/// <summary>
/// What was asked of a device and what became of it: requests, or MQTT messages that were due. Asked − answered − failed are on
/// their way. Safe at any time.
/// </summary>
public sealed class DeviceTraffic
{
    private long _asked;
    private long _answered;
    private long _failed;

    /// <summary>Requests that reached the device; MQTT messages whose instant came.</summary>
    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Right answers handed whole to a client that was still there; messages that a broker took for somebody.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>All others that are over, whoever is to blame: refused, disturbed, silent, nobody there, lost.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    internal void Ask() => Interlocked.Increment(ref _asked);

    internal void Answer() => Interlocked.Increment(ref _answered);

    internal void TakeBack() => Interlocked.Decrement(ref _answered);

    internal void Fail() => Interlocked.Increment(ref _failed);
}
