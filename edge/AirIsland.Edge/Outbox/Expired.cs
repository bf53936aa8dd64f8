namespace AirIsland.Edge.Outbox;

/// <summary>The time covered by batches of a lane that are no longer kept (ms since 1970 UTC, half-open), and their samples.</summary>
public sealed record Expired(long From, long To, long Points)
{
    public static Expired Nothing { get; } = new(long.MaxValue, long.MinValue, 0);

    /// <summary>With one more batch; <paramref name="last"/> is its last instant.</summary>
    public Expired With(long first, long last, long points) =>
        new(Math.Min(From, first), Math.Max(To, last < long.MaxValue ? last + 1 : last), Points + points);
}
