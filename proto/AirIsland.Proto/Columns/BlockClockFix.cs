namespace AirIsland.Proto.Columns;

/// <summary>
/// A step of an edge's clock during one boot: what it stamped before was off by <see cref="OffsetMs"/> (to be added) against what it stamps
/// after. <see cref="From"/> to <see cref="To"/>, inclusive, is what the clock showed before it (ms since 1970 UTC).
/// </summary>
public sealed record BlockClockFix(string Boot, long OffsetMs, long From, long To);
