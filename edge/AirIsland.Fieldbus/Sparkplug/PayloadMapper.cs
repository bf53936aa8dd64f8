using WireMetric = AirIsland.Fieldbus.Sparkplug.Wire.Payload.Types.Metric;
using WireProperties = AirIsland.Fieldbus.Sparkplug.Wire.Payload.Types.PropertySet;
using WireProperty = AirIsland.Fieldbus.Sparkplug.Wire.Payload.Types.PropertyValue;

namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>Between the generated messages and ours.</summary>
internal static class PayloadMapper
{
    private const string Compressed = "SPBV1.0_COMPRESSED";
    private const string Unit = "engUnit";
    private const string Quality = "Quality";

    public static SparkplugPayload From(Wire.Payload payload)
    {
        if (payload.Uuid == Compressed) throw new SparkplugException("compressed payloads are not read; switch compression off");
        if (payload.HasSeq && payload.Seq > byte.MaxValue) throw new SparkplugException($"seq {payload.Seq} is not between 0 and 255");
        return new()
        {
            Timestamp = payload.HasTimestamp ? payload.Timestamp : null,
            Sequence = payload.HasSeq ? (byte)payload.Seq : null,
            Metrics = [.. payload.Metrics.Select(From)],
        };
    }

    public static Wire.Payload To(SparkplugPayload payload)
    {
        var wire = new Wire.Payload();
        if (payload.Timestamp is { } timestamp) wire.Timestamp = timestamp;
        if (payload.Sequence is { } sequence) wire.Seq = sequence;
        wire.Metrics.AddRange(payload.Metrics.Select(To));
        return wire;
    }

    private static SparkplugMetric From(WireMetric metric) => new()
    {
        Name = metric.HasName ? metric.Name : null,
        Alias = metric.HasAlias ? metric.Alias : null,
        Timestamp = metric.HasTimestamp ? metric.Timestamp : null,
        Type = metric.HasDatatype ? (SparkplugDataType)metric.Datatype : null,
        IsHistorical = metric.IsHistorical,
        IsNull = metric.IsNull,
        Value = Value(metric),
        Unit = Property(metric.Properties, Unit) is { HasStringValue: true } unit ? unit.StringValue : null,
        Quality = Property(metric.Properties, Quality) is { HasIntValue: true } quality ? (int)quality.IntValue : null,
    };

    private static WireMetric To(SparkplugMetric metric)
    {
        var wire = new WireMetric();
        if (metric.Name is { } name) wire.Name = name;
        if (metric.Alias is { } alias) wire.Alias = alias;
        if (metric.Timestamp is { } timestamp) wire.Timestamp = timestamp;
        if (metric.Type is { } type) wire.Datatype = (uint)type;
        if (metric.IsHistorical) wire.IsHistorical = true;
        if (metric.IsNull) wire.IsNull = true;
        Store(metric.Value, wire);
        if (metric.Unit is null && metric.Quality is null) return wire;
        wire.Properties = new();
        if (metric.Unit is { } unit) Add(wire.Properties, Unit, new() { Type = (uint)SparkplugDataType.String, StringValue = unit });
        if (metric.Quality is { } quality)
            Add(wire.Properties, Quality, new() { Type = (uint)SparkplugDataType.Int32, IntValue = (uint)quality });
        return wire;
    }

    private static MetricValue Value(WireMetric metric) => metric.ValueCase switch
    {
        WireMetric.ValueOneofCase.None => default,
        WireMetric.ValueOneofCase.IntValue => new(WireField.Int, metric.IntValue),
        WireMetric.ValueOneofCase.LongValue => new(WireField.Long, metric.LongValue),
        WireMetric.ValueOneofCase.FloatValue => MetricValue.Of(metric.FloatValue),
        WireMetric.ValueOneofCase.DoubleValue => MetricValue.Of(metric.DoubleValue),
        WireMetric.ValueOneofCase.BooleanValue => MetricValue.Of(metric.BooleanValue),
        WireMetric.ValueOneofCase.StringValue => MetricValue.Of(metric.StringValue),
        _ => new(WireField.Skipped, 0),
    };

    private static void Store(MetricValue value, WireMetric wire)
    {
        switch (value.Field)
        {
            case WireField.None: break;
            case WireField.Int: wire.IntValue = value.Int; break;
            case WireField.Long: wire.LongValue = value.Long; break;
            case WireField.Float: wire.FloatValue = value.Float; break;
            case WireField.Double: wire.DoubleValue = value.Double; break;
            case WireField.Boolean: wire.BooleanValue = value.Boolean; break;
            case WireField.Text: wire.StringValue = value.Text; break;
            default: throw new InvalidOperationException("a value that was skipped cannot be sent");
        }
    }

    private static WireProperty? Property(WireProperties? properties, string key)
    {
        var index = properties?.Keys.IndexOf(key) ?? -1;
        return index >= 0 && index < properties?.Values.Count ? properties.Values[index] : null;
    }

    private static void Add(WireProperties properties, string key, WireProperty value)
    {
        properties.Keys.Add(key);
        properties.Values.Add(value);
    }
}
