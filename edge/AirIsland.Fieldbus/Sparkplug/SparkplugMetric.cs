namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>
/// One metric of a message. A birth gives name, type and perhaps an alias; data may then name it by the alias alone. Timestamps are ms
/// since 1970 UTC, of when the value was taken. <see cref="IsNull"/>: there is no value, and a failure is never a number.
/// </summary>
public sealed record SparkplugMetric
{
    public string? Name { get; init; }

    public ulong? Alias { get; init; }

    public ulong? Timestamp { get; init; }

    public SparkplugDataType? Type { get; init; }

    /// <summary>The value is late and does not say what is now.</summary>
    public bool IsHistorical { get; init; }

    public bool IsNull { get; init; }

    public MetricValue Value { get; init; }

    /// <summary>Property <c>engUnit</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>Property <c>Quality</c>: 0 bad, 192 good, 500 stale. Null: good.</summary>
    public int? Quality { get; init; }
}
