using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Physics.Network;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>A hole of the station opens, grows, or is repaired (diameter 0).</summary>
public sealed record LeakEvent : ScenarioEvent
{
    /// <summary>Id of a leak of the station.</summary>
    public required string Leak { get; init; }

    /// <summary>In full, mm.</summary>
    public required double DiameterMm { get; init; }

    /// <summary>As it begins, mm; it grows from there in a line.</summary>
    public double FirstMm { get; init; }

    public override bool CanGrow => true;

    internal override IEnumerable<string> Holds => [$"leak '{Leak}'"];

    internal override Action<double> Bind(MeteredStation plant)
    {
        foreach (var diameter in (ReadOnlySpan<double>)[DiameterMm, FirstMm])
            if (diameter is not (>= 0 and <= LeakSpec.WidestMm))
                throw new ArgumentException($"{Name}: a hole of {diameter} mm is not from 0 to {LeakSpec.WidestMm}");
        var leak = Find(plant);
        var before = leak.DiameterMm;
        return size => leak.DiameterMm = size > 0 ? FirstMm + (DiameterMm - FirstMm) * size : before;
    }

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant)
    {
        var leak = Find(plant);
        return [("lostM3", () => leak.Kg / DryAir.KgPerStandard20M3)];
    }

    private Leak Find(MeteredStation plant)
    {
        foreach (var leak in plant.Station.Leaks)
            if (leak.Id == Leak) return leak;
        throw new ArgumentException($"{Name}: there is no leak '{Leak}'");
    }
}
