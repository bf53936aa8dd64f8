namespace AirIsland.Simulators.Devices.Meters.Faults;

/// <summary>A fault that is on.</summary>
/// <param name="Name">By which it was set and is cleared.</param>
/// <param name="Fault">What it is.</param>
/// <param name="Since">Time since the meter began to run.</param>
public sealed record ActiveFault(string Name, MeterFault Fault, TimeSpan Since);
