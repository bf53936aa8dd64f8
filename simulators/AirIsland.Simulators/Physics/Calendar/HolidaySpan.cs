namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>A holiday from its first to its last day, both free; written month·100 + day.</summary>
public readonly record struct HolidaySpan(int First, int Last);
