using AirIsland.Simulators.Physics.Consumers;

namespace AirIsland.Simulators.Stations;

/// <summary>The pipe from the header to one company, its meter at the header's end, and the hole, if any, behind the meter.</summary>
public sealed record BranchSpec
{
    public required ConsumerSpec Consumer { get; init; }

    /// <summary>1 to 10,000 m.</summary>
    public double LengthM { get; init; } = 300;

    /// <summary>Inner diameter, 15 to 500 mm.</summary>
    public double DiameterMm { get; init; } = 100;

    /// <summary>Air tanks and pipes of the company itself, m³.</summary>
    public double VolumeM3 { get; init; } = 2;

    /// <summary>Diameter of a hole at the far end, mm; 0: none.</summary>
    public double LeakMm { get; init; }
}
