using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// Which metric is which point, as the last birth says: by name, or by an alias that is good until the next birth. It holds what the
/// profile wants and nothing else, so a node cannot make it grow. Not thread-safe.
/// </summary>
internal sealed class MetricMap
{
    private readonly Dictionary<string, MappedPoint> _byName;
    private readonly Dictionary<ulong, MappedPoint?> _byAlias = [];

    public MetricMap(BoundDevice device) => _byName = device.Groups
        .SelectMany(g => g.Points.Select(p => new MappedPoint(g, p)))
        .ToDictionary(m => m.Name, StringComparer.Ordinal);

    public IEnumerable<MappedPoint> Points => _byName.Values;

    /// <summary>Takes names, aliases and types from a birth. An alias that two metrics have is none.</summary>
    public void Learn(SparkplugPayload birth)
    {
        _byAlias.Clear();
        foreach (var point in _byName.Values) (point.Type, point.Unit) = (null, null);
        var taken = new HashSet<ulong>();
        foreach (var metric in birth.Metrics)
        {
            var point = metric.Name is { } name ? _byName.GetValueOrDefault(name) : null;
            if (point is not null) (point.Type, point.Unit) = (metric.Type ?? SparkplugDataType.Unknown, metric.Unit);
            if (metric.Alias is not { } alias) continue;
            if (!taken.Add(alias)) _byAlias[alias] = null;
            else if (point is not null) _byAlias[alias] = point;
        }
    }

    /// <summary>Null when the profile does not want it, or the birth did not tell it.</summary>
    public MappedPoint? Find(SparkplugMetric metric)
    {
        var point = metric.Name is { } name ? _byName.GetValueOrDefault(name)
            : metric.Alias is { } alias ? _byAlias.GetValueOrDefault(alias)
            : null;
        return point is { Type: not null } ? point : null;
    }
}
