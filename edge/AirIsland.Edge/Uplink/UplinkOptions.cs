namespace AirIsland.Edge.Uplink;

/// <summary>How the edge talks to the cloud. All times are real time.</summary>
public sealed record UplinkOptions
{
    /// <summary>How long the cloud may take to acknowledge before the link counts as dead, 100 ms to 10 min.</summary>
    public TimeSpan AcknowledgeWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Rest after a first failure, 10 ms to 1 min.</summary>
    public TimeSpan ShortestRest { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest rest between two tries, at least <see cref="ShortestRest"/>, at most 10 min.</summary>
    public TimeSpan LongestRest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Rest after the cloud said that a newer stream of this edge took over, 100 ms to 10 min.</summary>
    public TimeSpan FencedRest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a cloud may store nothing and only ask for batches again, before the next of several addresses is tried, 100 ms to 10 min.
    /// </summary>
    public TimeSpan StoreWithin { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long stopping waits for acknowledgements, 0 to 1 min.</summary>
    public TimeSpan DrainWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which the link is probed, 1 s to 10 min.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bytes of backfill that may be on the way unacknowledged, 1 kB to 16 MB; 16 kB: half a second of a line of 256 kbit/s, which is
    /// what a live batch may have to wait behind them.
    /// </summary>
    public int BackfillBytes { get; init; } = 16 << 10;

    /// <summary>Certificates; only with a cloud at <c>https://</c>.</summary>
    public UplinkTls Tls { get; init; } = new();

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        var (tick, minute, max) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10));
        if (AcknowledgeWithin < tick || AcknowledgeWithin > max)
            yield return $"{section}:{nameof(AcknowledgeWithin)} {AcknowledgeWithin} is not between 100 ms and 10 min";
        if (ShortestRest < tick / 10 || ShortestRest > minute)
            yield return $"{section}:{nameof(ShortestRest)} {ShortestRest} is not between 10 ms and 1 min";
        if (LongestRest < ShortestRest || LongestRest > max)
            yield return $"{section}:{nameof(LongestRest)} {LongestRest} is not between {nameof(ShortestRest)} and 10 min";
        if (FencedRest < tick || FencedRest > max)
            yield return $"{section}:{nameof(FencedRest)} {FencedRest} is not between 100 ms and 10 min";
        if (StoreWithin < tick || StoreWithin > max)
            yield return $"{section}:{nameof(StoreWithin)} {StoreWithin} is not between 100 ms and 10 min";
        if (DrainWithin < TimeSpan.Zero || DrainWithin > minute)
            yield return $"{section}:{nameof(DrainWithin)} {DrainWithin} is not between 0 and 1 min";
        if (KeepAlive < TimeSpan.FromSeconds(1) || KeepAlive > max)
            yield return $"{section}:{nameof(KeepAlive)} {KeepAlive} is not between 1 s and 10 min";
        if (BackfillBytes is < 1 << 10 or > 16 << 20)
            yield return $"{section}:{nameof(BackfillBytes)} {BackfillBytes} is not between 1024 and 16777216";
        foreach (var mistake in Tls.Mistakes($"{section}:{nameof(Tls)}")) yield return mistake;
    }
}
