using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices.Sparkplug;

/// <summary>The edge nodes of the fleet's Sparkplug meters: those whose topics <c>GROUP/NODE/DEVICE</c> begin alike share one.</summary>
public sealed class SparkplugNodes : IPlantFollower
{
    public SparkplugNodes(DeviceFleet fleet)
    {
        ArgumentNullException.ThrowIfNull(fleet);
        Nodes =
        [
            .. fleet.Devices.Where(d => d.Device.Profile.Protocol == DeviceProtocol.Sparkplug)
                .GroupBy(d => string.Join('/', (d.Place.Topic ?? "").Split('/')[..2]))
                .Select(node => new SparkplugNode(node.Key.Split('/')[0], node.Key.Split('/')[1], node)),
        ];
    }

    internal IReadOnlyList<SparkplugNode> Nodes { get; }

    public void Follow(DateTimeOffset instant)
    {
        foreach (var node in Nodes) node.Follow(instant);
    }
}
