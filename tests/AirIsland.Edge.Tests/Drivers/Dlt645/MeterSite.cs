using AirIsland.Edge.Drivers.Dlt645;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers.Dlt645;

/// <summary>Small maps and sites of DL/T 645 meters, and a driver that reads them.</summary>
internal sealed class MeterSite : IAsyncDisposable
{
    public const string Asked = "000102030425";
    public const string Other = "000000000161";

    // For machines that pause now and then.
    public static readonly Dlt645DriverOptions Patient = new()
    {
        Timeout = TimeSpan.FromSeconds(5),
        Pause = TimeSpan.FromMilliseconds(1),
        ShortestRest = TimeSpan.FromMilliseconds(50),
        LongestRest = TimeSpan.FromMilliseconds(200),
    };

    public static readonly Dlt645DriverOptions Impatient = Patient with { Timeout = TimeSpan.FromMilliseconds(300) };

    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    public MeterSite(Dlt645DriverOptions? options = null, TimeProvider? time = null) =>
        Driver = new(Lines, options ?? Patient, time ?? TimeProvider.System, new(Status, Health, Log));

    public LineBook Lines { get; } = new();

    public EdgeStatus Status { get; } = new();

    public HealthBoard Health { get; } = new(TimeProvider.System);

    public LogLines<Dlt645Driver> Log { get; } = new();

    public Dlt645Driver Driver { get; }

    public static ProfilePoint Level(string name, string identifier, int index = 0) =>
        Point(name, identifier, PointKind.Level, "fast", index);

    public static ProfilePoint Register(string name, string identifier) => Point(name, identifier, PointKind.Register, "register", 0);

    public static DeviceProfile Map(params ProfilePoint[] points) => Map(Fast, points);

    public static DeviceProfile Map(TimeSpan fast, params ProfilePoint[] points) => new()
    {
        Id = "test",
        Name = "test",
        Source = "made for this test",
        Protocol = DeviceProtocol.Dlt645,
        Edition = points[0].Item?.Identifier.Edition,
        Groups = new Dictionary<string, TimeSpan> { ["fast"] = fast, ["register"] = fast },
        Points = points,
    };

    public static DeviceOptions Device(string id, string address, string endpoint) =>
        new() { Id = id, Asset = id, Address = address, Endpoint = endpoint };

    public static DeviceOptions Device(string id, string address, int port) => Device(id, address, $"127.0.0.1:{port}");

    /// <summary>Reads devices until it is enough, for a bounded time.</summary>
    public Task<List<Scan>> ReadAsync(Func<List<Scan>, bool> isEnough, params (DeviceOptions Device, DeviceProfile Profile)[] devices) =>
        ReadAsync([], isEnough, devices);

    public async Task<List<Scan>> ReadAsync(
        IReadOnlyList<EndpointOptions> lines,
        Func<List<Scan>, bool> isEnough,
        params (DeviceOptions Device, DeviceProfile Profile)[] devices)
    {
        await ApplyAsync(lines, devices);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var scans = new List<Scan>();
        await foreach (var scan in Driver.Read(stop.Token))
        {
            scans.Add(scan);
            if (!stop.IsCancellationRequested && isEnough(scans)) await stop.CancelAsync();
        }
        Assert.True(isEnough(scans), $"only {scans.Count} scans came in time: {string.Join("; ", Log.Warnings)}");
        return scans;
    }

    public async Task ApplyAsync(
        IReadOnlyList<EndpointOptions> lines, params (DeviceOptions Device, DeviceProfile Profile)[] devices)
    {
        await Lines.ApplyAsync(lines);
        var tags = TagTable.Bind(
            "test", [.. devices.Select(d => d.Device with { Profile = d.Device.Id })], lines,
            devices.ToDictionary(d => d.Device.Id, d => d.Profile), new TagRegistry());
        await Driver.ApplyAsync(tags.Devices);
    }

    public static IReadOnlyList<Reading> Readings(List<Scan> scans, string device) =>
        [.. scans.Where(s => s.Group.StartsWith($"{device}/", StringComparison.Ordinal)).SelectMany(s => s.Readings)];

    public async ValueTask DisposeAsync()
    {
        await Driver.DisposeAsync();
        await Lines.DisposeAsync();
    }

    private static ProfilePoint Point(string name, string identifier, PointKind kind, string group, int index)
    {
        var item = DltItems.Get(identifier);
        return new()
        {
            Name = name,
            Group = group,
            Kind = kind,
            Medium = "electricity",
            Unit = item.Format.Unit,
            Resolution = item.Format.Step,
            Item = item,
            Index = index,
        };
    }
}
