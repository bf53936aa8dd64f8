using System.Globalization;
using System.Text.Json;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Clock;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// Puts the readings of the MQTT meters into the outbox, each scan group on its own topic and whole multiples of its period: a register
/// on the minute. The instant in a message is the plant's.
/// </summary>
public sealed class MeterSpeaker(MeteredPlant plant, MeterOutbox outbox) : IPlantFollower
{
    private readonly Topic[] _topics =
    [
        Topic.Of("moushan/songyuan/flow/level", plant.Devices["songyuan-flow"], "fast", TimeSpan.FromSeconds(1)),
        Topic.Of("moushan/songyuan/flow/register", plant.Devices["songyuan-flow"], "register", TimeSpan.FromMinutes(1)),
        Topic.Of("moushan/header/dewpoint/level", plant.Devices["header-dewpoint"], "fast", TimeSpan.FromSeconds(2)),
    ];

    public void Follow(DateTimeOffset instant)
    {
        foreach (var topic in _topics)
            if (instant.UtcTicks % topic.Period.Ticks == 0)
                outbox.Add(new(topic.Device, topic.Name, topic.Compose(instant), topic.Points.Count));
    }

    private sealed record Topic(string Name, ProfileDevice Device, IReadOnlyList<ProfilePoint> Points, TimeSpan Period)
    {
        public static Topic Of(string name, ProfileDevice device, string group, TimeSpan period) =>
            new(name, device, [.. device.Points.Where(point => point.Group == group)], period);

        public byte[] Compose(DateTimeOffset instant)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("ts", instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                foreach (var point in Points) json.WriteNumber(point.Path ?? point.Name, Device.Shows(point.Name));
                json.WriteEndObject();
            }
            return stream.ToArray();
        }
    }
}
