namespace AirIsland.Edge.Outbox;

/// <summary>
/// A stretch of batches of a lane that are no longer kept: numbers up to <see cref="LastSequence"/>, the time they covered (ms since 1970
/// UTC, half-open), and their samples.
/// </summary>
internal sealed record Expired(long LastSequence, int Batches, long From, long To, long Points)
{
    /// <summary>The stretch of one batch; <paramref name="last"/> is its last instant.</summary>
    public static Expired Batch(long sequence, long first, long last, long points) =>
        new(sequence, 1, first, last < long.MaxValue ? last + 1 : last, points);

    /// <summary>Both stretches as one.</summary>
    public static Expired? Join(Expired? a, Expired? b) => a is null || b is null
        ? a ?? b
        : new(
            Math.Max(a.LastSequence, b.LastSequence), a.Batches + b.Batches,
            Math.Min(a.From, b.From), Math.Max(a.To, b.To), a.Points + b.Points);
}
