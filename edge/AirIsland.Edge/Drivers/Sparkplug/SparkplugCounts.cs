namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>What the Sparkplug host application did not hand out, and why. Read at any time from any thread.</summary>
public sealed class SparkplugCounts
{
    private long _rebirths, _unborn, _gaps, _skipped, _ignored, _unreadable, _leftOut;

    /// <summary>Requests for births that were sent.</summary>
    public long Rebirths => Volatile.Read(ref _rebirths);

    /// <summary>Values that came before the birth that explains them, or behind a gap, and were not decoded.</summary>
    public long Unborn => Volatile.Read(ref _unborn);

    /// <summary>Times a number stayed missing.</summary>
    public long Gaps => Volatile.Read(ref _gaps);

    /// <summary>Values that nobody here reads: data sets, templates, bytes, arrays.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Messages that count for nothing: retained ones, deaths of a session that is over, of nodes that are not ours.</summary>
    public long Ignored => Volatile.Read(ref _ignored);

    /// <summary>Messages that are no Sparkplug payload, or one beyond a limit.</summary>
    public long Unreadable => Volatile.Read(ref _unreadable);

    /// <summary>Messages given up because too many waited to be read; every node was asked for its births then.</summary>
    public long LeftOut => Volatile.Read(ref _leftOut);

    internal void AskedForRebirth() => Interlocked.Increment(ref _rebirths);

    internal void CameUnborn(int values) => Interlocked.Add(ref _unborn, values);

    internal void FoundGap() => Interlocked.Increment(ref _gaps);

    internal void WasSkipped() => Interlocked.Increment(ref _skipped);

    internal void WasIgnored() => Interlocked.Increment(ref _ignored);

    internal void WasUnreadable() => Interlocked.Increment(ref _unreadable);

    internal void WasLeftOut() => Interlocked.Increment(ref _leftOut);
}
