namespace AirIsland.Edge.Pipeline;

/// <summary>When collected scans become a batch.</summary>
public sealed record PipelineOptions
{
    /// <summary>Readings that close a batch, 1 to 10,000.</summary>
    public int BatchPoints { get; init; } = 500;

    /// <summary>Age of the first reading that closes a batch; site time, 10 ms to 1 min.</summary>
    public TimeSpan BatchAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Shortest time a batch stays open unless it is full; real time, 0 to 1 s. It bounds the batches a second when site time runs fast.
    /// </summary>
    public TimeSpan BatchPause { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Every mistake in it, each named by its setting.</summary>
    public IEnumerable<string> Mistakes(string section)
    {
        if (BatchPoints is < 1 or > 10_000) yield return $"{section}:{nameof(BatchPoints)} {BatchPoints} is not between 1 and 10,000";
        if (BatchAge < TimeSpan.FromMilliseconds(10) || BatchAge > TimeSpan.FromMinutes(1))
            yield return $"{section}:{nameof(BatchAge)} {BatchAge} is not between 10 ms and 1 min";
        if (BatchPause < TimeSpan.Zero || BatchPause > TimeSpan.FromSeconds(1))
            yield return $"{section}:{nameof(BatchPause)} {BatchPause} is not between 0 and 1 s";
    }
}
