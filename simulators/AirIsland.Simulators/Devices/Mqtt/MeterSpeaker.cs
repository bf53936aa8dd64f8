using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// Puts the readings of the fleet's MQTT meters into the outbox, each scan group on its own topic and whole multiples of its period: a
/// register on the minute. The instant in a message is the plant's.
/// </summary>
public sealed class MeterSpeaker(DeviceFleet fleet, MeterOutbox outbox) : IPlantFollower
{
    private readonly DisturbedTopic[] _topics =
    [
        .. from meter in fleet.Devices
           where meter.Device.Profile.Protocol == DeviceProtocol.MqttJson
           from @group in meter.Device.Profile.Groups.Keys
           select new DisturbedTopic(new(meter, @group), outbox),
    ];

    public void Follow(DateTimeOffset instant)
    {
        foreach (var topic in _topics) topic.Follow(instant);
    }
}
