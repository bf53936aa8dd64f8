using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>Pump or fan of the cooling water fails.</summary>
public sealed record CoolingEvent : ScenarioEvent
{
    public bool Pump { get; init; }

    public bool Fan { get; init; }

    internal override IEnumerable<string> Holds => Names();

    internal override Action<double> Bind(MeteredStation plant)
    {
        var water = plant.Station.Water.CoolingWater
            ?? throw new ArgumentException($"{Name}: the station has no cooling water");
        if (!Pump && !Fan) throw new ArgumentException($"{Name}: neither pump nor fan fails");
        return size =>
        {
            if (Pump) water.PumpFailed = size > 0;
            if (Fan) water.FanFailed = size > 0;
        };
    }

    private IEnumerable<string> Names()
    {
        if (Pump) yield return "pump of the cooling water";
        if (Fan) yield return "fan of the cooling tower";
    }
}
