namespace AirIsland.Simulators.Stations;

/// <summary>
/// A stretch of the park's main from one place to another; a place that is named for the first time is made. Stretches may close a ring.
/// </summary>
public sealed record MainSpec
{
    /// <summary>Where it begins: the header, or where another main ends.</summary>
    public string From { get; init; } = Station.HeaderName;

    public required string To { get; init; }

    /// <summary>1 to 10,000 m.</summary>
    public double LengthM { get; init; } = 300;

    /// <summary>Inner diameter, 15 to 1,000 mm.</summary>
    public double DiameterMm { get; init; } = 200;
}
