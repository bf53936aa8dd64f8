using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>A company on a station of a scenario.</summary>
public sealed record ScenarioBranch
{
    /// <summary>One of the known consumers: <c>lifode</c>, <c>songyuan</c>.</summary>
    public required string Company { get; init; }

    public double LengthM { get; init; } = 300;

    public double DiameterMm { get; init; } = 150;

    /// <summary>Where its pipe begins: the header, or where a main ends.</summary>
    public string At { get; init; } = Station.HeaderName;

    /// <summary>Gauge pressure that a regulator holds for it, MPa; null: none.</summary>
    public double? RegulatedMPa { get; init; }
}
