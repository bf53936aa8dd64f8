using AirIsland.Fieldbus.Sparkplug;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Sparkplug;

public class MetricValueTests
{
    private static readonly SparkplugDataType[] Whole =
    [
        SparkplugDataType.Int8, SparkplugDataType.Int16, SparkplugDataType.Int32, SparkplugDataType.Int64,
        SparkplugDataType.UInt8, SparkplugDataType.UInt16, SparkplugDataType.UInt32, SparkplugDataType.UInt64, SparkplugDataType.DateTime,
    ];

    [Theory]
    [InlineData(SparkplugDataType.Int8, "-128", "127")]
    [InlineData(SparkplugDataType.Int16, "-32768", "32767")]
    [InlineData(SparkplugDataType.Int32, "-2147483648", "2147483647")]
    [InlineData(SparkplugDataType.Int64, "-9223372036854775808", "9223372036854775807")]
    [InlineData(SparkplugDataType.UInt8, "0", "255")]
    [InlineData(SparkplugDataType.UInt16, "0", "65535")]
    [InlineData(SparkplugDataType.UInt32, "0", "4294967295")]
    [InlineData(SparkplugDataType.UInt64, "0", "18446744073709551615")]
    [InlineData(SparkplugDataType.DateTime, "0", "18446744073709551615")]
    public void A_whole_type_holds_its_range_and_no_more(SparkplugDataType type, string lowest, string highest)
    {
        var (low, high) = (decimal.Parse(lowest, null), decimal.Parse(highest, null));

        Assert.Equal(low, Sent(MetricValue.Of(type, low)).Number(type));
        Assert.Equal(high, Sent(MetricValue.Of(type, high)).Number(type));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricValue.Of(type, low - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricValue.Of(type, high + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricValue.Of(type, 0.5m));
    }

    [Fact]
    public void Every_whole_number_comes_back_as_it_was_sent() =>
        Gen.Select(Gen.OneOf(Whole), Gen.ULong).Sample((type, bits) =>
        {
            var number = type switch
            {
                SparkplugDataType.Int8 => (sbyte)bits,
                SparkplugDataType.Int16 => (short)bits,
                SparkplugDataType.Int32 => (int)bits,
                SparkplugDataType.Int64 => (long)bits,
                SparkplugDataType.UInt8 => (byte)bits,
                SparkplugDataType.UInt16 => (ushort)bits,
                SparkplugDataType.UInt32 => (uint)bits,
                _ => (decimal)bits,
            };
            Assert.Equal(number, Sent(MetricValue.Of(type, number)).Number(type));
        });

    [Theory]
    [InlineData(0xFFul)]
    [InlineData(0xFFFF_FFFFul)]
    [InlineData(0xFFFF_FFFF_FFFF_FFFFul)]
    public void A_negative_number_is_taken_in_8_32_and_64_bits_of_twos_complement(ulong bits)
    {
        Assert.Equal(-1, MetricValue.Of(SparkplugDataType.UInt64, bits).Number(SparkplugDataType.Int8));
        if (bits <= uint.MaxValue) Assert.Equal(-1, MetricValue.Of(SparkplugDataType.UInt32, bits).Number(SparkplugDataType.Int8));
    }

    [Theory]
    [InlineData(SparkplugDataType.Int8, 300)]
    [InlineData(SparkplugDataType.UInt8, 256)]
    [InlineData(SparkplugDataType.Int16, 70_000)]
    [InlineData(SparkplugDataType.UInt16, 70_000)]
    [InlineData(SparkplugDataType.Int64, 4_294_967_295)]
    public void Bits_that_the_type_cannot_hold_are_no_number(SparkplugDataType type, uint bits) =>
        Assert.Null(MetricValue.Of(SparkplugDataType.UInt32, bits).Number(type));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e300)]
    public void What_is_not_finite_is_no_number(double value)
    {
        Assert.Null(Sent(MetricValue.Of(value)).Number(SparkplugDataType.Double));
        Assert.Null(Sent(MetricValue.Of((float)value)).Number(SparkplugDataType.Float));
    }

    [Fact]
    public void Floats_booleans_and_texts_come_back()
    {
        Assert.Equal(7.2m, Sent(MetricValue.Of(7.2f)).Number(SparkplugDataType.Float));
        Assert.Equal(-1234567.125m, Sent(MetricValue.Of(-1234567.125)).Number(SparkplugDataType.Double));
        Assert.Equal(1, Sent(MetricValue.Of(true)).Number(SparkplugDataType.Boolean));
        Assert.Equal(0, Sent(MetricValue.Of(false)).Number(SparkplugDataType.Boolean));
        Assert.Equal("气岛", Sent(MetricValue.Of("气岛")).Text);
    }

    [Fact]
    public void A_value_of_another_field_than_its_type_is_no_number()
    {
        Assert.Null(MetricValue.Of("7.2").Number(SparkplugDataType.Double));
        Assert.Null(MetricValue.Of(true).Number(SparkplugDataType.Int32));
        Assert.Null(MetricValue.Of(7.2).Number(SparkplugDataType.Int32));
        Assert.Null(MetricValue.Of(SparkplugDataType.Int32, 7).Number(SparkplugDataType.Boolean));
        Assert.Null(default(MetricValue).Number(SparkplugDataType.Double));
    }

    private static MetricValue Sent(MetricValue value) =>
        SparkplugPayload.Decode(new SparkplugPayload { Metrics = [new() { Name = "m", Value = value }] }.Encode()).Metrics[0].Value;
}
