using AirIsland.Edge.Metering;
using AirIsland.Edge.Northbound;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Northbound;

/// <summary>An edge node towards a SCADA at work, which is shown what a test says.</summary>
internal sealed class NorthboundRun : IAsyncDisposable
{
    private readonly TagTable _tags;
    private readonly SparkplugEdgeNode _node;

    public NorthboundRun(BrokerOptions broker, TempFolder folder, string primaryHost = "", int kept = 10_000)
    {
        var registry = new TagRegistry();
        var flow = Site.Sparkplug(
            Site.Level("VolumeFlowRate", 0) with { Unit = "m3/min", Resolution = 0.001m }, Site.Register("AccumulatedVolume", 0));
        var state = Site.Sparkplug(
            Site.Level("OperatingState", 0) with { Kind = Fieldbus.Profiles.PointKind.State, Unit = "1", Resolution = 1 });
        _tags = Site.Tags(registry, (new() { Id = "meter", Asset = "hall" }, flow), (new() { Id = "dryer", Asset = "dryer-1" }, state));
        _node = new(
            new()
            {
                Enabled = true,
                Broker = broker with { ClientId = "scada-test" },
                Group = "Park",
                Node = "station",
                PrimaryHost = primaryHost,
                Kept = kept,
            },
            new(folder.Path, _tags), registry, TimeProvider.System, Log);
    }

    public LogLines<SparkplugEdgeNode> Log { get; } = new();

    public long Dropped => _node.Dropped;

    public static Task<NorthboundRun> StartAsync(int port, TempFolder folder, string primaryHost = "", int kept = 10_000) =>
        StartAsync(MqttRun.Broker(port), folder, primaryHost, kept);

    public static async Task<NorthboundRun> StartAsync(
        BrokerOptions broker, TempFolder folder, string primaryHost = "", int kept = 10_000)
    {
        var run = new NorthboundRun(broker, folder, primaryHost, kept);
        await run._node.StartAsync(CancellationToken.None);
        return run;
    }

    /// <summary>Shows one reading; a count of null is Bad/Communication.</summary>
    public void Show(string tag, long instant, long? count, Quality quality = default)
    {
        var (group, point) = _tags.Devices.SelectMany(d => d.Groups.SelectMany(g => g.Points.Select(p => (g, p))))
            .Single(x => x.p.Point.Name == tag);
        var reading = count is null ? Reading.Bad(point.Tag, QualityReason.Communication) : new Reading(point.Tag, count, quality);
        _node.Observe(new(group.Id, instant, group.Content, [reading]), _tags);
    }

    public async ValueTask DisposeAsync()
    {
        await _node.StopAsync(CancellationToken.None);
        _node.Dispose();
    }
}
