namespace AirIsland.Edge.Metering;

/// <summary>
/// What the edge's clock showed at monotonic time <see cref="UptimeMs"/> of a boot: that plus <see cref="OffsetMs"/> (ms since 1970 UTC).
/// </summary>
public sealed record ClockReading(string Boot, long OffsetMs, long UptimeMs);
