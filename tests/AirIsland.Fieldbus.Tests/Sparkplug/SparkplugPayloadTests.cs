using AirIsland.Fieldbus.Sparkplug;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Sparkplug;

public class SparkplugPayloadTests
{
    private static readonly Gen<MetricValue> Values = Gen.OneOf(
        Gen.ULong.Select(n => MetricValue.Of(SparkplugDataType.UInt64, n)),
        Gen.Int.Select(n => MetricValue.Of(SparkplugDataType.Int32, n)),
        Gen.Float.Select(MetricValue.Of),
        Gen.Double.Select(MetricValue.Of),
        Gen.Bool.Select(MetricValue.Of),
        Gen.String[Gen.Char.AlphaNumeric, 0, 20].Select(MetricValue.Of),
        Gen.Const(default(MetricValue)));

    private static readonly Gen<SparkplugMetric> Metrics =
        from name in Gen.String[Gen.Char.AlphaNumeric, 0, 12].Null()
        from alias in Gen.ULong.Nullable()
        from time in Gen.ULong.Nullable()
        from type in Gen.Enum<SparkplugDataType>().Nullable()
        from flags in Gen.Select(Gen.Bool, Gen.Bool)
        from value in Values
        from unit in Gen.String[Gen.Char.AlphaNumeric, 0, 8].Null()
        from quality in Gen.Int.Nullable()
        select new SparkplugMetric
        {
            Name = name,
            Alias = alias,
            Timestamp = time,
            Type = type,
            IsHistorical = flags.Item1,
            IsNull = flags.Item2,
            Value = value,
            Unit = unit,
            Quality = quality,
        };

    private static readonly Gen<SparkplugPayload> Payloads =
        from time in Gen.ULong.Nullable()
        from sequence in Gen.Byte.Nullable()
        from metrics in Metrics.Array[0, 6]
        select new SparkplugPayload { Timestamp = time, Sequence = sequence, Metrics = metrics };

    [Fact]
    public void Every_payload_comes_back_as_it_was_sent() => Payloads.Sample(
        sent =>
        {
            var got = SparkplugPayload.Decode(sent.Encode());
            Assert.Equal(sent.Metrics, got.Metrics);
            Assert.Equal((sent.Timestamp, sent.Sequence), (got.Timestamp, got.Sequence));
        },
        iter: 2_000);

    // telegraf#14671
    [Fact]
    public void No_bytes_crash_the_decoder() => Gen.Select(Payloads, Gen.Byte.Array[0, 40], Gen.Int[0, 10_000], Gen.Bool).Sample(
        (payload, noise, at, isCut) =>
        {
            var bytes = payload.Encode();
            var place = bytes.Length == 0 ? 0 : at % bytes.Length;
            byte[] broken = isCut ? bytes[..place] : [.. bytes[..place], .. noise, .. bytes[place..]];
            try
            {
                foreach (var metric in SparkplugPayload.Decode(broken).Metrics)
                {
                    foreach (var type in Enum.GetValues<SparkplugDataType>()) _ = metric.Value.Number(type);
                }
            }
            catch (SparkplugException)
            {
                // Refused with a reason: the one way out.
            }
        },
        iter: 20_000);

    [Fact]
    public void A_number_beyond_255_is_refused()
    {
        byte[] seq256 = [0x18, 0x80, 0x02];

        Assert.Contains("256", Assert.Throws<SparkplugException>(() => SparkplugPayload.Decode(seq256)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_that_is_too_large_or_has_too_many_metrics_is_refused()
    {
        var many = new SparkplugPayload { Metrics = [.. Enumerable.Repeat(new SparkplugMetric(), SparkplugPayload.MostMetrics)] }.Encode();

        Assert.Equal(SparkplugPayload.MostMetrics, SparkplugPayload.Decode(many).Metrics.Count);
        Assert.Throws<SparkplugException>(() => SparkplugPayload.Decode([.. many, 0x12, 0x00]));
        Assert.Throws<SparkplugException>(() => SparkplugPayload.Decode(new byte[SparkplugPayload.LargestMessage + 1]));
    }

    [Fact]
    public void A_template_in_a_template_without_end_is_refused()
    {
        // Each level wraps the one before as metric 2 of template 18 of a metric.
        byte[] inner = [];
        for (var i = 0; i < 200; i++) inner = Wrap(0x12, Wrap2(inner));

        Assert.Throws<SparkplugException>(() => SparkplugPayload.Decode(inner));

        static byte[] Wrap2(byte[] bytes) => [0x92, 0x01, .. Length(bytes), .. bytes];
        static byte[] Wrap(byte tag, byte[] bytes) => [tag, .. Length(bytes), .. bytes];
        static byte[] Length(byte[] bytes) =>
            bytes.Length < 128 ? [(byte)bytes.Length] : [(byte)(bytes.Length | 0x80), (byte)(bytes.Length >> 7)];
    }

    [Fact]
    public void What_nobody_here_reads_is_skipped_and_said_so()
    {
        // A metric with bytes, one with an array as bytes, one with an extension.
        byte[] payload = [0x12, 0x05, 0x82, 0x01, 0x02, 0x01, 0x02, 0x12, 0x05, 0x9A, 0x01, 0x02, 0x08, 0x01];

        var metrics = SparkplugPayload.Decode(payload).Metrics;

        Assert.True(metrics[0].Value.IsSkipped);
        Assert.Null(metrics[0].Value.Number(SparkplugDataType.Double));
        Assert.Null(metrics[1].Value.Number(SparkplugDataType.Double));
    }

    [Fact]
    public void A_rebirth_request_is_read_as_one()
    {
        var request = SparkplugPayload.Decode(SparkplugPayload.RebirthRequest(1).Encode());

        Assert.True(request.AsksForRebirth);
        Assert.Null(request.Sequence);
        var refused = new SparkplugMetric { Name = "Node Control/Rebirth", Value = MetricValue.Of(false) };
        Assert.False(new SparkplugPayload { Metrics = [refused] }.AsksForRebirth);
    }
}
