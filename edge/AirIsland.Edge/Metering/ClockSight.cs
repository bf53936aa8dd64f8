namespace AirIsland.Edge.Metering;

/// <summary>
/// What a look at the edge's own clock showed, whether that can be true, and by how much (ms) it is ahead of monotonic time: the same as
/// long as it is not set.
/// </summary>
public readonly record struct ClockSight(DateTimeOffset Now, bool IsBelieved, long OffsetMs);
