using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests;

/// <summary>Small device maps and tag tables for tests.</summary>
internal static class Site
{
    public static ProfilePoint Level(string name, ushort address, decimal? minimum = null, decimal? maximum = null) => new()
    {
        Name = name,
        Group = "fast",
        Kind = PointKind.Level,
        Medium = "air",
        Unit = "MPa",
        Resolution = 0.01m,
        Scale = 0.01m,
        Minimum = minimum,
        Maximum = maximum,
        Table = RegisterTable.Holding,
        Address = address,
        Type = PointType.UInt16,
    };

    public static ProfilePoint Register(string name, ushort address, decimal? modulus = null) => new()
    {
        Name = name,
        Group = "register",
        Kind = PointKind.Register,
        Medium = "air",
        Unit = "m3",
        Resolution = 1m,
        Modulus = modulus,
        Table = RegisterTable.Holding,
        Address = address,
        Type = PointType.UInt32,
    };

    public static DeviceProfile Modbus(TimeSpan fast, params ProfilePoint[] points) => new()
    {
        Id = "test",
        Name = "test",
        Source = "made for this test",
        Protocol = DeviceProtocol.Modbus,
        MaxGap = 0,
        Groups = new Dictionary<string, TimeSpan> { ["fast"] = fast, ["register"] = TimeSpan.FromMinutes(1) },
        Points = points,
    };

    public static DeviceProfile Mqtt(params ProfilePoint[] points) => new()
    {
        Id = "test",
        Name = "test",
        Source = "made for this test",
        Protocol = DeviceProtocol.MqttJson,
        TimestampPath = "ts",
        Groups = new Dictionary<string, TimeSpan> { ["fast"] = TimeSpan.FromSeconds(1), ["register"] = TimeSpan.FromMinutes(1) },
        Points = points,
    };

    public static DeviceProfile Sparkplug(params ProfilePoint[] points) =>
        Mqtt(points) with { Protocol = DeviceProtocol.Sparkplug, TimestampPath = null };

    public static TagTable Tags(params (DeviceOptions Device, DeviceProfile Profile)[] devices) => Tags(new TagRegistry(), devices);

    public static TagTable Tags(TagRegistry registry, params (DeviceOptions Device, DeviceProfile Profile)[] devices) =>
        Tags(registry, [], devices);

    public static TagTable Tags(
        TagRegistry registry,
        IReadOnlyList<EndpointOptions> endpoints,
        params IReadOnlyList<(DeviceOptions Device, DeviceProfile Profile)> devices) => TagTable.Bind(
        "test",
        [.. devices.Select(d => d.Device with { Profile = d.Device.Id })],
        endpoints,
        devices.ToDictionary(d => d.Device.Id, d => d.Profile),
        registry);

    /// <summary>With calculated tags.</summary>
    public static TagTable Tags(
        TagRegistry registry, DeviceOptions device, DeviceProfile profile, params CalculatedOptions[] calculated) => TagTable.Bind(
        "test", [device with { Profile = "test" }], [], new Dictionary<string, DeviceProfile> { ["test"] = profile }, registry, calculated);

    public static DeviceOptions Device(string id, int port = 502) => new() { Id = id, Asset = id, Endpoint = $"127.0.0.1:{port}" };
}
