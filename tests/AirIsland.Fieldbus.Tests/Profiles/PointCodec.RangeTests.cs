using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>What a value that is to be written must not be: more than its type holds.</summary>
public class PointCodecRangeTests
{
    [Theory]
    [InlineData(PointType.UInt8, "0", "255")]
    [InlineData(PointType.Int8, "-128", "127")]
    [InlineData(PointType.UInt16, "0", "65535")]
    [InlineData(PointType.Int16, "-32768", "32767")]
    [InlineData(PointType.UInt32, "0", "4294967295")]
    [InlineData(PointType.Int32, "-2147483648", "2147483647")]
    [InlineData(PointType.UInt64, "0", "18446744073709551615")]
    [InlineData(PointType.Int64, "-9223372036854775808", "9223372036854775807")]
    [InlineData(PointType.Float16, "-65504", "65504")]
    [InlineData(PointType.Float32, "-1000000000000000", "1000000000000000")]
    [InlineData(PointType.Float64, "-1000000000000000", "1000000000000000")]
    [InlineData(PointType.Bcd, "0", "9999999999999999999999999999")]
    public void A_type_takes_its_ends_and_nothing_beyond(PointType type, string least, string most)
    {
        var point = AnyPoints.Plain(type, length: 7);
        var (lowest, highest) = (Number(least), Number(most));

        // A float may only come near its end.
        if (type != PointType.Float32) Assert.Equal(highest, Back(point, highest));
        if (type != PointType.Float32) Assert.Equal(lowest, Back(point, lowest));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(point, highest + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(point, lowest - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(point, decimal.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(point with { Scale = 0.000000001m }, decimal.MinValue));
    }

    [Fact]
    public void A_value_is_rounded_before_it_is_judged()
    {
        var point = AnyPoints.Plain(PointType.UInt16) with { Scale = 0.1m };

        Assert.Equal([0xFFFF], AnyPoints.EncodeExactly(point, 6_553.549m));
        Assert.Equal([0], AnyPoints.EncodeExactly(point, -0.05m));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(point, 6_553.55m));
    }

    [Fact]
    public void A_register_that_is_written_never_starts_again_silently()
    {
        var point = AnyPoints.Plain(PointType.UInt16) with { Kind = PointKind.Register };

        Assert.Equal([0], AnyPoints.Encode(point, 65_536));
        Assert.Throws<ArgumentOutOfRangeException>(() => AnyPoints.EncodeExactly(point, 65_536));
    }

    [Fact]
    public void A_number_that_its_scale_would_carry_beyond_a_decimal_is_missing()
    {
        var point = AnyPoints.Plain(PointType.Bcd, length: 7) with { Scale = 1_000_000 };

        Assert.Null(PointCodec.ToEngineering(point, [0x9999, 0x9999, 0x9999, 0x9999, 0x9999, 0x9999, 0x9999]));
        Assert.Null(PointCodec.ToEngineering(point, decimal.MinValue));
        Assert.Equal(9_999m * 1_000_000, PointCodec.ToEngineering(point, [0, 0, 0, 0, 0, 0, 0x9999]));
    }

    private static decimal? Back(ProfilePoint point, decimal value) =>
        PointCodec.ToEngineering(point, AnyPoints.EncodeExactly(point, value));

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
