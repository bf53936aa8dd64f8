using AirIsland.Simulators.Physics.Consumers;

namespace AirIsland.Simulators.Stations;

/// <summary>The pipe from the header or a main to one company, with the company's meter at its beginning.</summary>
public sealed record BranchSpec
{
    public required ConsumerSpec Consumer { get; init; }

    /// <summary>Where it begins: the header, or where a main ends.</summary>
    public string At { get; init; } = Station.HeaderName;

    /// <summary>1 to 10,000 m.</summary>
    public double LengthM { get; init; } = 300;

    /// <summary>Inner diameter, 15 to 500 mm.</summary>
    public double DiameterMm { get; init; } = 100;

    /// <summary>Air tanks and pipes of the company itself, 0.01 to 10,000 m³.</summary>
    public double VolumeM3 { get; init; } = 2;

    /// <summary>Gauge pressure that a regulator holds behind the pipe, 0.05 to 1.6 MPa; null: none.</summary>
    public double? RegulatedMPa { get; init; }
}
