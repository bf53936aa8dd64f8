using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Quantities;

namespace AirIsland.Edge.Northbound;

/// <summary>A tag as a metric: its device is the asset, its alias its slot.</summary>
internal sealed class BoardTag
{
    // The specification's numbers for what is not good.
    private const int Bad = 0;
    private const int Stale = 500;

    private readonly TagDeclaration _tag;

    public BoardTag(TagDeclaration tag, uint slot)
    {
        var parts = tag.Id.Split('/', 3);
        (_tag, Asset, Name, Alias) = (tag, parts[1], parts[2], slot + 1UL);
    }

    public string Asset { get; }

    /// <summary>The tag's id without station and asset: <c>[port/]Quantity</c>.</summary>
    public string Name { get; }

    public ulong Alias { get; }

    /// <summary>The latest sample; null when there is none yet.</summary>
    public Sample? Last { get; set; }

    /// <summary>It was measured, or could be: its device answers.</summary>
    public bool IsReached => Last is { } last && last.Reading.Quality != Quality.Bad(QualityReason.Communication);

    private SparkplugDataType Type => _tag is { Kind: PointKind.State, Resolution: 1 } ? SparkplugDataType.Int64 : SparkplugDataType.Double;

    /// <summary>As a birth states it: with name, type and unit. A tag without a sample is null as of <paramref name="now"/>.</summary>
    public SparkplugMetric Born(ulong now)
    {
        var stated = Last is { } last ? Metric(last) : new() { Timestamp = now, IsNull = true, Quality = Stale };
        return stated with { Name = Name, Alias = Alias, Type = Type, Unit = _tag.Unit };
    }

    /// <summary>As data state it: by alias, with its type for hosts that do not remember.</summary>
    public SparkplugMetric Data(Sample sample) => Metric(sample) with { Alias = Alias, IsHistorical = sample.IsLate };

    private SparkplugMetric Metric(Sample sample) => new()
    {
        Timestamp = (ulong)sample.Instant,
        IsNull = sample.Reading.Count is null,
        Value = sample.Reading.Count is { } count ? Value(count) : default,
        Quality = sample.Reading.Quality.Level == QualityLevel.Good ? null
            : sample.Reading.Quality.Reason == QualityReason.Communication ? Stale
            : Bad,
        Type = Type,
    };

    private MetricValue Value(long count) => Type == SparkplugDataType.Int64
        ? MetricValue.Of(SparkplugDataType.Int64, count)
        : MetricValue.Of((double)(count * _tag.Resolution));
}
