using System.Threading.Channels;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices.Sparkplug;

/// <summary>
/// An edge node with the meters behind it: reads them at whole multiples of their groups' periods, and has to say what changed. The oldest
/// of 20,000 messages is lost and counted as failed. A meter that is silent dies, and is born again with its next reading.
/// </summary>
internal sealed class SparkplugNode
{
    private const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<(FleetDevice Meter, string Point), SparkplugMetric> _shown = [];
    private readonly HashSet<FleetDevice> _silent = [];
    private readonly Channel<NodeItem> _items;
    private readonly FleetDevice[] _meters;
    private readonly Dictionary<(FleetDevice Meter, string Point), ulong> _aliases;
    private ulong _instant;

    public SparkplugNode(string group, string node, IEnumerable<FleetDevice> meters)
    {
        (Group, Node, _meters) = (group, node, [.. meters]);
        _aliases = _meters.SelectMany(m => m.Device.Points.Select(p => (m, p.Name))).Index()
            .ToDictionary(i => i.Item, i => (ulong)i.Index + 1);
        _items = Channel.CreateBounded<NodeItem>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            lost => lost.Meter?.Device.Traffic.Fail());
    }

    public string Group { get; }

    public string Node { get; }

    public ChannelReader<NodeItem> Items => _items.Reader;

    /// <summary>The plant's instant, ms since 1970 UTC.</summary>
    public ulong Instant => Volatile.Read(ref _instant);

    /// <summary>Its devices, by the last level of their topics.</summary>
    public static string DeviceOf(FleetDevice meter) => (meter.Place.Topic ?? "").Split('/')[^1];

    public void Follow(DateTimeOffset instant)
    {
        Volatile.Write(ref _instant, (ulong)instant.ToUnixTimeMilliseconds());
        foreach (var meter in _meters)
        {
            foreach (var (group, period) in meter.Device.Profile.Groups)
            {
                if (instant.UtcTicks % period.Ticks == 0) Read(meter, group, instant);
            }
        }
    }

    /// <summary>What the births of the devices that answer state: all points, with names, aliases and types.</summary>
    public IReadOnlyList<(FleetDevice Meter, IReadOnlyList<SparkplugMetric> Metrics)> Births()
    {
        lock (_gate) return [.. _meters.Where(m => !_silent.Contains(m)).Select(m => (m, Birth(m)))];
    }

    /// <summary>What the birth of one device states.</summary>
    public IReadOnlyList<SparkplugMetric> Birth(FleetDevice meter)
    {
        lock (_gate) return [.. meter.Device.Points.Select(p => Born(meter, p))];
    }

    /// <summary>Somebody wants to know everything. Who lives is settled now: a death that comes later is said after it.</summary>
    public void AskForBirths()
    {
        lock (_gate) _items.Writer.TryWrite(new(Instant) { Births = Births() });
    }

    private void Read(FleetDevice meter, string group, DateTimeOffset instant)
    {
        meter.Device.Traffic.Ask();
        var sends = meter.Sends;
        if (!sends.Answers || meter.Disturbances.Draw().Any(d => d.Kind == DisturbanceKind.Silence))
        {
            meter.Device.Traffic.Fail();
            lock (_gate)
            {
                if (_silent.Add(meter)) _items.Writer.TryWrite(new(Instant, meter));
            }
            return;
        }
        var time = (ulong)Math.Max(0, sends.Stamp(instant).ToUnixTimeMilliseconds());
        lock (_gate)
        {
            _silent.Remove(meter);
            var changed = meter.Device.Points.Where(p => p.Group == group).Select(p => Show(meter, p, time)).OfType<SparkplugMetric>()
                .ToList();
            if (changed.Count > 0) _items.Writer.TryWrite(new(Instant, meter, changed));
            else meter.Device.Traffic.Answer();
        }
    }

    /// <summary>Takes the reading down. Null when it is what was shown before.</summary>
    private SparkplugMetric? Show(FleetDevice meter, ProfilePoint point, ulong time)
    {
        var value = meter.Device.Shows(point.Name);
        var metric = new SparkplugMetric
        {
            Alias = _aliases[(meter, point.Name)],
            Timestamp = time,
            Type = TypeOf(point),
            Value = point.Kind == PointKind.State ? MetricValue.Of(SparkplugDataType.Int32, value) : MetricValue.Of((double)value),
        };
        var isSame = _shown.TryGetValue((meter, point.Name), out var before) && before.Value == metric.Value;
        _shown[(meter, point.Name)] = metric;
        return isSame ? null : metric;
    }

    private SparkplugMetric Born(FleetDevice meter, ProfilePoint point)
    {
        var metric = _shown.GetValueOrDefault((meter, point.Name)) ?? new() { Timestamp = Instant, IsNull = true };
        return metric with
        {
            Name = point.Path ?? point.Name,
            Alias = _aliases[(meter, point.Name)],
            Type = TypeOf(point),
            Unit = point.Unit,
        };
    }

    private static SparkplugDataType TypeOf(ProfilePoint point) =>
        point.Kind == PointKind.State ? SparkplugDataType.Int32 : SparkplugDataType.Double;
}
