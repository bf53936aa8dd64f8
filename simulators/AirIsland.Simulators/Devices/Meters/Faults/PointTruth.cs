namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>The truth about one point of a meter.</summary>
/// <param name="Gain">Gain error now as a share, drift and faults included.</param>
/// <param name="Errors">What the meter was fitted with.</param>
/// <param name="StuckAt">What its sensor stands at, or null when it is free.</param>
/// <param name="DeviationAdded">Standard deviation that a fault adds to its readings, in its unit.</param>
public sealed record PointTruth(double Gain, Errors.MeterErrors Errors, double? StuckAt, double DeviationAdded);
