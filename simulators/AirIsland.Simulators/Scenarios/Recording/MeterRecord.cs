using System.Collections.Immutable;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>What a meter's registers made of what passed, and how far it is off at the end.</summary>
public sealed record MeterRecord(string Id, string At, ImmutableArray<RegisterRecord> Registers, MeterTruth Truth);
