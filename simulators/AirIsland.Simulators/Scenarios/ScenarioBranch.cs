namespace AirIsland.Simulators.Scenarios;

/// <summary>A company on a station of a scenario.</summary>
public sealed record ScenarioBranch
{
    /// <summary>One of the known consumers: <c>lifode</c>, <c>songyuan</c>.</summary>
    public required string Company { get; init; }

    public double LengthM { get; init; } = 300;

    public double DiameterMm { get; init; } = 150;

    /// <summary>Holes of the company, as one of that diameter, mm.</summary>
    public double LeakMm { get; init; }
}
