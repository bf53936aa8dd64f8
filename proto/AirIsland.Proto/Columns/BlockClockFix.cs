namespace AirIsland.Proto.Columns;

/// <summary>
/// What an edge's clock is worth that is believed: UTC is monotonic time of that boot plus <see cref="OffsetMs"/>, as it was at
/// <see cref="UptimeMs"/> of monotonic time.
/// </summary>
public sealed record BlockClockFix(string Boot, long OffsetMs, long UptimeMs);
