using System.Globalization;
using System.Text.Json.Nodes;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Mqtt;

namespace AirIsland.Simulators.Replay;

/// <summary>What the MQTT devices of a replay say about a row: one message a scan group; a point without a value is left out.</summary>
public sealed class ReplaySpeaker(IEnumerable<ReplayedDevice> devices)
{
    private readonly Topic[] _topics =
    [
        .. from device in devices
           where device.Profile.Protocol == DeviceProtocol.MqttJson
           from points in device.Face.Points.Where(point => device.Has(point.Name)).GroupBy(point => point.Group)
           select new Topic(device, [.. points]),
    ];

    public bool IsSilent => _topics.Length == 0;

    public IEnumerable<MeterMessage> Speak(DateTimeOffset instant) =>
        _topics.Select(topic => topic.Compose(instant)).OfType<MeterMessage>();

    private sealed record Topic(ReplayedDevice Device, IReadOnlyList<ProfilePoint> Points)
    {
        private readonly string _name =
            $"{Device.Device.Topic}/{(Points.Any(point => point.Kind == PointKind.Register) ? "register" : "level")}";

        public MeterMessage? Compose(DateTimeOffset instant)
        {
            var known = Points.Where(point => Device.Answers(point.Name)).ToList();
            if (known.Count == 0) return null;
            var json = new JsonObject();
            if (Device.Profile.TimestampPath is { } path)
                Put(json, path, instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            foreach (var point in known) Put(json, point.Path ?? point.Name, Device.Face.Shows(point.Name));
            return new(Device.Face, _name, System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), known.Count);
        }

        private static void Put(JsonObject json, string path, JsonNode value)
        {
            var names = path.Split('.');
            foreach (var name in names[..^1])
            {
                if (json[name] is not JsonObject inner) json[name] = inner = [];
                json = inner;
            }
            json[names[^1]] = value;
        }
    }
}
