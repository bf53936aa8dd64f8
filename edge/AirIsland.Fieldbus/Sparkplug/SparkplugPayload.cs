using Google.Protobuf;

namespace AirIsland.Fieldbus.Sparkplug;

/// <summary>
/// What a message carries: when it was sent (ms since 1970 UTC), its number (0 to 255; null in an NDEATH and in commands), its metrics.
/// </summary>
public sealed record SparkplugPayload
{
    /// <summary>The metric that ties an NDEATH to the NBIRTH of its session.</summary>
    public const string BirthNumberName = "bdSeq";

    /// <summary>The metric by which a host asks a node for its births.</summary>
    public const string RebirthName = "Node Control/Rebirth";

    /// <summary>No meter sends more; it bounds what a message can cost.</summary>
    public const int LargestMessage = 1 << 20;

    /// <summary>Metrics of one message.</summary>
    public const int MostMetrics = 10_000;

    public ulong? Timestamp { get; init; }

    public byte? Sequence { get; init; }

    public IReadOnlyList<SparkplugMetric> Metrics { get; init; } = [];

    /// <summary>The number of the session that a birth begins or a death ends, 0 to 255. Null when there is none.</summary>
    public byte? BirthNumber =>
        Metrics.FirstOrDefault(m => m.Name == BirthNumberName) is { IsNull: false } metric
        && metric.Value.Number(SparkplugDataType.UInt64) is { } number and <= byte.MaxValue ? (byte)number : null;

    /// <summary>Whether it asks a node for its births.</summary>
    public bool AsksForRebirth => Metrics.Any(m => m is { Name: RebirthName, IsNull: false } && m.Value.Flag == true);

    /// <summary>What a host sends to a node, as an NCMD, to have its births again.</summary>
    public static SparkplugPayload RebirthRequest(ulong now) => new()
    {
        Timestamp = now,
        Metrics = [new() { Name = RebirthName, Timestamp = now, Type = SparkplugDataType.Boolean, Value = MetricValue.Of(true) }],
    };

    /// <exception cref="SparkplugException">The bytes are no payload, or one beyond a limit.</exception>
    public static SparkplugPayload Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > LargestMessage) throw new SparkplugException($"{bytes.Length} bytes; {LargestMessage} are the limit");
        // A copy, which the parser wants of what is counted first: an empty metric is two bytes here and a hundred times that as an object.
        var copy = bytes.ToArray();
        try
        {
            if (Count(copy) > MostMetrics) throw new SparkplugException($"more than {MostMetrics} metrics");
            return PayloadMapper.From(Wire.Payload.Parser.ParseFrom(copy));
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new SparkplugException($"no Sparkplug B payload: {e.Message}", e);
        }
    }

    /// <exception cref="InvalidOperationException">It holds what is only skipped when read.</exception>
    public byte[] Encode() => PayloadMapper.To(this).ToByteArray();

    private static int Count(byte[] bytes)
    {
        var (input, metrics) = (new CodedInputStream(bytes), 0);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == Wire.Payload.MetricsFieldNumber) metrics++;
            input.SkipLastField();
        }
        return metrics;
    }
}
