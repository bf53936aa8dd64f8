namespace AirIsland.Simulators.Stations.Control;

/// <summary>What can be set for the whole station while it runs. Pressures in MPa gauge.</summary>
/// <param name="Mode">Who shall decide.</param>
/// <param name="TargetMPa">Wanted in the header.</param>
/// <param name="VarianceMPa">Allowed to both sides of it before machines are added or taken off.</param>
public readonly record struct ControlSettings(StationControlMode Mode, double TargetMPa, double VarianceMPa);
