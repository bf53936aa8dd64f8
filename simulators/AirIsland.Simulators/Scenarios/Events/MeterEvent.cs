using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>Something goes wrong with a meter.</summary>
public sealed record MeterEvent : ScenarioEvent
{
    /// <summary>Its id.</summary>
    public required string Meter { get; init; }

    public required MeterFault Fault { get; init; }

    /// <summary>Faults that are done and undone; all others are worked out from the list of those that are on.</summary>
    internal override IEnumerable<string> Holds => Fault switch
    {
        MeterFault.Swapped swapped => [$"wires of '{Meter}'", $"wires of '{swapped.With}'"],
        MeterFault.Stuck => [$"sensors of '{Meter}'"],
        MeterFault.Exchanged or MeterFault.RegisterReset or MeterFault.RegisterJump => [$"registers of '{Meter}'"],
        _ => [],
    };

    internal override Action<double> Bind(MeteredStation plant)
    {
        if (FaultLimits.MistakeOf(Fault) is { } mistake) throw new ArgumentException($"{Name}: {mistake}");
        // A fault that does not fit is found now, not in the middle of the run.
        plant.Meters.Set(Meter, Name, Fault);
        plant.Meters.Clear(Meter, Name);
        return size =>
        {
            if (size > 0) plant.Meters.Set(Meter, Name, Fault);
            else plant.Meters.Clear(Meter, Name);
        };
    }

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant) =>
        plant.Meters[Meter].Registers.Keys.Select(point => ($"{point} passed", plant.Meters[Meter].PassedBy(point)));
}
