namespace AirIsland.Edge.Metering;

/// <summary>
/// What a source says of its own clock: which run of it this is, and how long that had lasted (ms). <see cref="Received"/> is when the edge
/// got it (ms since 1970 UTC); null when it had waited somewhere, nobody knows how long.
/// </summary>
public sealed record SourceClock(string Device, string Boot, long UptimeMs, long? Received);
