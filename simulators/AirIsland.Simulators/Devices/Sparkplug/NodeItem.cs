using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices.Sparkplug;

/// <summary>
/// What a node has to say: changed values of one of its meters, or (null) that it fell silent; without a meter, the births of those that
/// answered when they were asked for. <see cref="Sent"/> is the plant's instant, ms since 1970 UTC.
/// </summary>
internal sealed record NodeItem(ulong Sent, FleetDevice? Meter = null, IReadOnlyList<SparkplugMetric>? Values = null)
{
    public IReadOnlyList<(FleetDevice Meter, IReadOnlyList<SparkplugMetric> Metrics)> Births { get; init; } = [];
}
