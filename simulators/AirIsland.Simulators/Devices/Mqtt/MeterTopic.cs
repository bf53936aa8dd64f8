using System.Globalization;
using System.Text.Json;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>One topic of an MQTT meter: a scan group of its profile, at whole multiples of the group's period.</summary>
internal sealed class MeterTopic
{
    private readonly ProfilePoint[] _points;
    private readonly long _periodTicks;

    public MeterTopic(FleetDevice meter, string group)
    {
        Meter = meter;
        _points = [.. meter.Device.Points.Where(point => point.Group == group)];
        _periodTicks = meter.Device.Profile.Groups[group].Ticks;
        var isRegister = _points.All(point => point.Kind == PointKind.Register);
        Name = $"{meter.Place.Topic}/{(isRegister ? "register" : "level")}";
    }

    public FleetDevice Meter { get; }

    public string Name { get; }

    public bool IsDue(DateTimeOffset instant) => instant.UtcTicks % _periodTicks == 0;

    public MeterMessage Compose(DateTimeOffset instant)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString(
                Meter.Device.Profile.TimestampPath ?? "ts",
                instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            foreach (var point in _points) json.WriteNumber(point.Path ?? point.Name, Meter.Device.Shows(point.Name));
            json.WriteEndObject();
        }
        return new(Meter.Device, Name, stream.ToArray(), _points.Length);
    }
}
