namespace AirIsland.Edge.Outbox;

/// <summary>Whether the cloud takes batches now. The uplink says so; the outbox picks the lane by it.</summary>
public sealed class LinkState
{
    private volatile bool _isUp;
    private long _readUpTo;

    public bool IsUp
    {
        get => _isUp;
        set => _isUp = value;
    }

    /// <summary>Held while a batch that nobody has read yet is rewritten.</summary>
    internal Lock Reading { get; } = new();

    /// <summary>The last number of the backfill lane that was read in this epoch, and so may have been sent: it must not change.</summary>
    internal long ReadUpTo => Volatile.Read(ref _readUpTo);

    internal void Reads(Lane lane, long sequence)
    {
        if (lane != Lane.Backfill || sequence <= ReadUpTo) return;
        lock (Reading) Volatile.Write(ref _readUpTo, Math.Max(sequence, _readUpTo));
    }

    internal void Renewed()
    {
        lock (Reading) Volatile.Write(ref _readUpTo, 0);
    }
}
