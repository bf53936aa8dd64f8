using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Scenarios.Events;

/// <summary>Nobody can reach some meters; they go on measuring.</summary>
public sealed record NetworkEvent : ScenarioEvent
{
    /// <summary>Their ids; none: all of them.</summary>
    public IReadOnlyList<string> Meters { get; init; } = [];

    internal override Action<double> Bind(MeteredStation plant)
    {
        var ids = Meters.Count > 0 ? Meters : [.. plant.Meters.Meters.Select(m => m.Id)];
        var meters = ids.Select(id => plant.Meters[id]).ToArray();
        return size =>
        {
            foreach (var meter in meters)
            {
                if (size > 0) meter.Set(Name, new MeterFault.Silent());
                else meter.Clear(Name);
            }
        };
    }
}
