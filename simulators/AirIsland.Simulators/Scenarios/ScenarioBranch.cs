using AirIsland.Simulators.Physics.Consumers;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>A company on a station of a scenario.</summary>
public sealed record ScenarioBranch
{
    /// <summary>One of the known consumers: <c>lifode</c>, <c>songyuan</c>; null where it is described here.</summary>
    public string? Company { get; init; }

    /// <summary>A company of the scenario's own; null where it is a known one.</summary>
    public ConsumerSpec? Consumer { get; init; }

    public double LengthM { get; init; } = 300;

    public double DiameterMm { get; init; } = 150;

    /// <summary>Air tanks and pipes of the company itself.</summary>
    public double VolumeM3 { get; init; } = 2;

    /// <summary>Where its pipe begins: the header, or where a main ends.</summary>
    public string At { get; init; } = Station.HeaderName;

    /// <summary>Gauge pressure that a regulator holds for it, MPa; null: none.</summary>
    public double? RegulatedMPa { get; init; }
}
