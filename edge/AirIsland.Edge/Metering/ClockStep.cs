namespace AirIsland.Edge.Metering;

/// <summary>
/// The clock was set by <see cref="OffsetMs"/> against monotonic time; before that, in this boot, it had shown <see cref="From"/> to
/// <see cref="To"/> (ms since 1970 UTC).
/// </summary>
public sealed record ClockStep(string Boot, long OffsetMs, long From, long To);
