using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// One device of the site, be it a device behind an edge node or the node itself: born or not, and how its metrics become scans. Not
/// thread-safe.
/// </summary>
internal sealed partial class DeviceFeed(BoundDevice device, InstantMemory memory, TimeProvider time, SparkplugReport report)
{
    // 1970 to 9998: nothing that is computed with such an instant overflows.
    private const long LatestInstant = 253_370_764_799_999;

    private readonly MetricMap _metrics = new(device);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private long _lastBad = long.MinValue;
    private bool _isStale;

    public BoundDevice Bound => device;

    public DeviceGauge Gauge { get; } = report.Health.Add(device.Options.Id);

    /// <summary>Whether its birth is known, so that its data can be read.</summary>
    public bool IsBorn { get; private set; }

    /// <summary>Its metrics are unknown until the next birth; its tags are what they were.</summary>
    public void Forget() => IsBorn = false;

    /// <summary>The scans of a birth: what it states again is left out, what the profile wants and it lacks is Bad once.</summary>
    public IReadOnlyList<Scan> Bear(SparkplugPayload birth)
    {
        IsBorn = true;
        Gauge.Heard();
        _metrics.Learn(birth);
        return [.. Lacking(), .. Read(birth, isBirth: true)];
    }

    /// <summary>The scans of data, by source time; historical values apart.</summary>
    public IReadOnlyList<Scan> Read(SparkplugPayload data)
    {
        Gauge.Heard();
        return Read(data, isBirth: false);
    }

    /// <summary>Every tag is Bad as of now, once until something new was measured.</summary>
    public IReadOnlyList<Scan> Die()
    {
        IsBorn = false;
        Gauge.Became(DeviceState.Resting);
        if (_isStale) return [];
        _isStale = true;
        return BadNow(device.Groups.SelectMany(g => g.Points.Select(p => (g, Reading.Bad(p.Tag, QualityReason.Communication)))));
    }

    private IReadOnlyList<Scan> Read(SparkplugPayload payload, bool isBirth)
    {
        var taken = new List<(BoundGroup Group, long Instant, bool IsHistorical, Reading Reading)>();
        var untimed = new List<(BoundGroup, Reading)>();
        foreach (var metric in payload.Metrics)
        {
            if (_metrics.Find(metric) is not { } point) continue;
            if (metric.Value.IsSkipped) report.Counts.WasSkipped();
            if (!point.IsNumeric) continue;
            if (InstantOf(metric, payload) is not { } instant)
            {
                report.Status.Failed();
                Gauge.Failed();
                untimed.Add((point.Group, Reading.Bad(point.Tag, QualityReason.Clock)));
            }
            else if (!metric.IsHistorical && IsKnown(point, instant, isBirth))
            {
                report.Status.CameAgain();
            }
            else
            {
                if (!metric.IsHistorical) memory.Add(point.Tag, instant);
                taken.Add((point.Group, instant, metric.IsHistorical, point.Read(metric)));
            }
        }
        if (taken.Any(t => !t.IsHistorical)) _isStale = false;
        return [.. Scans(taken), .. BadNow(untimed)];
    }

    private static IEnumerable<Scan> Scans(List<(BoundGroup Group, long Instant, bool IsHistorical, Reading Reading)> taken) =>
        from t in taken
        group t.Reading by (t.Group, t.Instant, t.IsHistorical) into scan
        orderby scan.Key.IsHistorical descending, scan.Key.Instant
        select new Scan(
            scan.Key.Group.Id, scan.Key.Instant, scan.Key.Group.Content, [.. scan],
            scan.Key.IsHistorical ? null : new Receipt(InstantMemory.KeyOf(scan.Key.Group.Id), scan.Key.Instant, Nothing));

    private bool IsKnown(MappedPoint point, long instant, bool isBirth) =>
        isBirth ? memory.IsStatedAgain(point.Tag, point.Group.Id, instant) : memory.IsLast(point.Tag, instant);

    private static long? InstantOf(SparkplugMetric metric, SparkplugPayload payload) =>
        (metric.Timestamp ?? payload.Timestamp) is { } instant and <= LatestInstant ? (long)instant : null;

    private List<Scan> Lacking()
    {
        var lacking = new List<(BoundGroup, Reading)>();
        foreach (var point in _metrics.Points)
        {
            if (point.IsNumeric) LookAtUnit(point);
            else if (_told.Add(point.Name))
            {
                if (point.Type is { } type) LogNoNumber(report.Logger, device.Options.Id, point.Name, type.ToString());
                else LogMissing(report.Logger, device.Options.Id, point.Name);
                lacking.Add((point.Group, Reading.Bad(point.Tag, QualityReason.Configuration)));
            }
        }
        return BadNow(lacking);
    }

    private void LookAtUnit(MappedPoint point)
    {
        if (point.Unit is { } unit && Plain(unit) != Plain(point.WantedUnit) && _told.Add(point.Name))
            LogUnit(report.Logger, device.Options.Id, point.Name, unit, point.WantedUnit);

        static string Plain(string unit) =>
            unit.Replace(".", "", StringComparison.Ordinal).Replace("³", "3", StringComparison.Ordinal)
                .Replace("°C", "Cel", StringComparison.Ordinal);
    }

    private List<Scan> BadNow(IEnumerable<(BoundGroup Group, Reading Reading)> bad)
    {
        var groups = bad.ToLookup(b => b.Group, b => b.Reading);
        if (groups.Count == 0) return [];
        _lastBad = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), _lastBad + 1);
        return [.. groups.Select(g => new Scan(g.Key.Id, _lastBad, g.Key.Content, [.. g]))];
    }

    // Nothing waits for it: there is no acknowledgement at QoS 0.
    private static void Nothing()
    {
    }
}
