namespace AirIsland.Edge.Metering;

/// <summary>What a look at the edge's own clock showed, and whether that can be true.</summary>
public readonly record struct ClockSight(DateTimeOffset Now, bool IsBelieved);
