using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// The edge nodes of the site's devices: only these are followed, so nobody can make it grow. To be used by one caller at a time, but for
/// <see cref="Find"/> and <see cref="Groups"/>.
/// </summary>
internal sealed class NodeBook(SparkplugDriverOptions options, ISourceMarks marks, TimeProvider time, SparkplugReport report)
{
    private const int TicksOfReorder = 4;

    private readonly InstantMemory _memory = new(marks);
    private Dictionary<(string Group, string Node), NodeFeed> _nodes = [];

    /// <summary>How often <see cref="Tick"/> is to be called; real time.</summary>
    public TimeSpan TickPeriod { get; } = options.ReorderTimeout / TicksOfReorder;

    public HashSet<string> Groups => [.. Volatile.Read(ref _nodes).Keys.Select(k => k.Group)];

    /// <summary>Null: no device of the site is behind it.</summary>
    public NodeFeed? Find(SparkplugTopic topic) => Volatile.Read(ref _nodes).GetValueOrDefault((topic.Group, topic.Node));

    /// <summary>Devices whose <see cref="BoundDevice.Hash"/> is the same stay, with all that is known of them.</summary>
    public void Apply(IEnumerable<BoundDevice> devices)
    {
        var before = _nodes.Values.SelectMany(n => n.Devices).ToDictionary(d => d.Bound.Hash, StringComparer.Ordinal);
        var nodes = new Dictionary<(string, string), NodeFeed>();
        var places = devices.Where(d => d.Profile.Protocol == DeviceProtocol.Sparkplug)
            .Select(d => (Device: d, Place: SparkplugPlace.Parse(d.Options.Topic)));
        foreach (var node in places.GroupBy(p => (p.Place.Group, p.Place.Node)))
        {
            var feed = _nodes.GetValueOrDefault(node.Key) ?? New(node.Key);
            feed.Serve(node.ToDictionary(
                p => p.Place.Device ?? "",
                p => before.GetValueOrDefault(p.Device.Hash) ?? new DeviceFeed(p.Device, _memory, time, report),
                StringComparer.Ordinal));
            nodes.Add(node.Key, feed);
        }
        Volatile.Write(ref _nodes, nodes);
        foreach (var gone in before.Values.Except(nodes.Values.SelectMany(n => n.Devices))) report.Health.Remove(gone.Gauge);
    }

    /// <summary>A connection begins.</summary>
    public IReadOnlyList<Scan> Meet()
    {
        foreach (var node in _nodes.Values) node.Meet();
        return [];
    }

    /// <summary>The connection is lost.</summary>
    public IReadOnlyList<Scan> Lose() => [.. _nodes.Values.SelectMany(n => n.Lose())];

    /// <summary>Time passes.</summary>
    public IReadOnlyList<Scan> Tick() => [.. _nodes.Values.SelectMany(n => n.Tick())];

    public IReadOnlyList<NodeFeed> ToBeAsked() => [.. _nodes.Values.Where(n => n.IsToBeAsked())];

    private NodeFeed New((string Group, string Node) key) => new(
        key.Group, key.Node, (TicksOfReorder, (int)Math.Ceiling(options.RebirthPause / TickPeriod)), report.Counts);
}
