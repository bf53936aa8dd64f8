namespace AirIsland.Edge.Metering;

/// <summary>
/// The instants of a source's last messages, and what they said. A broker delivers again at most what was in flight, which is less; and the
/// last instant alone would not do, because somebody may set the source's clock back, and not every broker marks what it delivers again.
/// Nor would instants alone: a source whose clock is coarse says different things at one. Not thread-safe.
/// </summary>
public sealed class RecentInstants
{
    public const int Capacity = 1024;

    private readonly (long Instant, long Content)[] _ring = new (long, long)[Capacity];
    private long _count;

    public RecentInstants()
    {
    }

    private RecentInstants(RecentInstants other) => (_ring, _count) = ([.. other._ring], other._count);

    /// <summary>The one that was added last; null when there is none.</summary>
    public long? Last => _count == 0 ? null : _ring[(_count - 1) % Capacity].Instant;

    private ReadOnlySpan<(long Instant, long Content)> Kept => _ring.AsSpan(0, (int)Math.Min(_count, Capacity));

    /// <summary>Whether it said that at that instant. A content of 0 is not known: it is any.</summary>
    public bool Contains(long instant, long content = 0)
    {
        foreach (var kept in Kept)
        {
            if (kept.Instant == instant && (content == 0 || kept.Content == 0 || kept.Content == content)) return true;
        }
        return false;
    }

    /// <summary>How many different things it said at that instant.</summary>
    public int CountAt(long instant)
    {
        var count = 0;
        foreach (var kept in Kept)
        {
            if (kept.Instant == instant) count++;
        }
        return count;
    }

    /// <summary>Takes the place of the oldest.</summary>
    public void Add(long instant, long content = 0) => _ring[_count++ % Capacity] = (instant, content);

    public RecentInstants Copy() => new(this);
}
