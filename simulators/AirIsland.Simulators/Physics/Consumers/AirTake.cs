namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>What a company takes at a pressure, and how that changes with it.</summary>
/// <param name="KgPerS">Dry air.</param>
/// <param name="SlopeKgPerSPa">Derivative to the pressure, never below 0; at a kink that of the side above.</param>
public readonly record struct AirTake(double KgPerS, double SlopeKgPerSPa);
