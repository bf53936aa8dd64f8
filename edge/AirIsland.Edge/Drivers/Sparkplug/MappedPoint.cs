using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>A point of a device and what the last birth says about its metric.</summary>
internal sealed class MappedPoint(BoundGroup group, BoundPoint bound)
{
    // No meter counts so far; inside it every product with a scale fits.
    private const decimal Largest = 1e15m;

    // The specification's numbers for what is not good.
    private const int Bad = 0;
    private const int Stale = 500;

    public BoundGroup Group => group;

    public uint Tag => bound.Tag;

    /// <summary>Name of its metric.</summary>
    public string Name { get; } = bound.Point.Path ?? bound.Point.Name;

    public string WantedUnit => bound.Point.Unit;

    /// <summary>Null: the birth does not have it.</summary>
    public SparkplugDataType? Type { get; set; }

    /// <summary>Null: the birth does not say.</summary>
    public string? Unit { get; set; }

    /// <summary>Whether its values can be samples.</summary>
    public bool IsNumeric => Type is { } type && MetricValue.IsNumeric(type);

    /// <summary>Good, or Bad with its reason; a historical one says so.</summary>
    public Reading Read(SparkplugMetric metric)
    {
        if (metric.IsNull || metric.Quality is Bad or Stale) return Reading.Bad(Tag, QualityReason.Communication);
        if (metric.Value.Number(metric.Type ?? Type ?? SparkplugDataType.Unknown) is not { } raw || Math.Abs(raw) > Largest)
            return Reading.Bad(Tag, QualityReason.OutOfRange);
        if (PointCodec.ToEngineering(bound.Point, raw) is not { } value) return Reading.Bad(Tag, QualityReason.Configuration);
        return PointCodec.TryToCount(bound.Point, value, out var count)
            ? new(Tag, count, metric.IsHistorical ? new(QualityLevel.Good, QualityReason.Historical) : Quality.Good)
            : Reading.Bad(Tag, QualityReason.OutOfRange);
    }
}
