namespace AirIsland.Edge.Metering;

/// <summary>
/// What one look at a scan group gave: readings of one instant (ms since 1970 UTC). A scan without readings only carries its receipt:
/// something known came again and waits to be acknowledged behind the scan it repeats.
/// </summary>
public sealed record Scan(string Group, long Instant, ScanContent Content, IReadOnlyList<Reading> Readings, Receipt? Receipt = null)
{
    private static readonly TimeSpan MaxAhead = TimeSpan.FromMinutes(5);

    /// <summary>It holds nothing and says that somebody waits for what came before: the batch that is open should not.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>What the edge's own clock showed when it stamped the scan, if it was not believed; else null.</summary>
    public ClockReading? Doubt { get; init; }

    /// <summary>What its source says of its clock; null when it says nothing.</summary>
    public SourceClock? Source { get; init; }

    /// <summary>Its source's clock was wrong, and the instant was made of the source's uptime.</summary>
    public bool IsTimedByUptime { get; init; }

    /// <summary>Whether its instant lies so far in the future that the source's clock must be wrong: more than 5 minutes.</summary>
    public bool IsAheadOf(DateTimeOffset now) => Instant > (now + MaxAhead).ToUnixTimeMilliseconds();
}
