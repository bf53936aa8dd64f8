namespace AirIsland.Edge.Metering;

/// <summary>
/// The instants of a source's last messages. A broker delivers again at most what was in flight, which is less; and the last instant alone
/// would not do, because somebody may set the source's clock back, and not every broker marks what it delivers again. Not thread-safe.
/// </summary>
public sealed class RecentInstants
{
    public const int Capacity = 1024;

    private readonly long[] _ring = new long[Capacity];
    private long _count;

    public RecentInstants()
    {
    }

    private RecentInstants(RecentInstants other) => (_ring, _count) = ([.. other._ring], other._count);

    /// <summary>The one that was added last; null when there is none.</summary>
    public long? Last => _count == 0 ? null : _ring[(_count - 1) % Capacity];

    public bool Contains(long instant) => _ring.AsSpan(0, (int)Math.Min(_count, Capacity)).Contains(instant);

    /// <summary>Takes the place of the oldest.</summary>
    public void Add(long instant) => _ring[_count++ % Capacity] = instant;

    public RecentInstants Copy() => new(this);
}
