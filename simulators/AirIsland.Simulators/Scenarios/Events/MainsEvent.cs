using AirIsland.Simulators.Devices;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>The station has no electricity. Which meters fall silent with it, a <see cref="NetworkEvent"/> says.</summary>
public sealed record MainsEvent : ScenarioEvent
{
    internal override IEnumerable<string> Holds => ["mains"];

    internal override Action<double> Bind(MeteredStation plant) => size => plant.Station.HasMains = size == 0;

    internal override IEnumerable<(string Name, Func<double> Total)> Measures(MeteredStation plant) =>
        [("electricKWh", () => plant.Station.ElectricJ / 3.6e6)];
}
