namespace AirIsland.Simulators.Stations;

/// <summary>
/// A hole into the open. In the wet receiver, the header or a main it is the network's; at a company it is behind the meter.
/// </summary>
public sealed record LeakSpec
{
    public required string Id { get; init; }

    /// <summary><see cref="Station.WetReceiver"/>, <see cref="Station.HeaderName"/>, where a main ends, or a company.</summary>
    public required string Place { get; init; }

    /// <summary>Diameter, mm; 0: not open yet.</summary>
    public double DiameterMm { get; init; }
}
