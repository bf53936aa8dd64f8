namespace AirIsland.Simulators.Stations;

/// <summary>
/// A hole into the open. In the wet receiver, the header or a main it is the network's; at a company it is behind the meter.
/// </summary>
public sealed record LeakSpec
{
    /// <summary>What a hole may have, mm. Chosen: a pipe torn off.</summary>
    public const double WidestMm = 50;

    public required string Id { get; init; }

    /// <summary><see cref="Station.WetReceiver"/>, <see cref="Station.HeaderName"/>, where a main ends, or a company.</summary>
    public required string Place { get; init; }

    /// <summary>Diameter, 0 to 50 mm; 0: not open yet.</summary>
    public double DiameterMm { get; init; }
}
