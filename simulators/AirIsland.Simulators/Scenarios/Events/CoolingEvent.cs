using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>Pump or fan of the cooling water fails.</summary>
public sealed record CoolingEvent : ScenarioEvent
{
    public bool Pump { get; init; }

    public bool Fan { get; init; }

    internal override Action<double> Bind(MeteredStation plant)
    {
        var water = plant.Station.Water.CoolingWater
            ?? throw new ArgumentException($"{Name}: the station has no cooling water");
        return size => (water.PumpFailed, water.FanFailed) = (Pump && size > 0, Fan && size > 0);
    }
}
