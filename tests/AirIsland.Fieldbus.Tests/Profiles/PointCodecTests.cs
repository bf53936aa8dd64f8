using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class PointCodecTests
{
    [Theory]
    [InlineData(1e9, true)]
    [InlineData(-1e9, true)]
    [InlineData(1e15, false)]
    [InlineData(-1e15, false)]
    public void A_count_that_does_not_fit_is_none(double value, bool fits)
    {
        var point = new ProfilePoint
        {
            Name = "Volume",
            Group = "register",
            Kind = PointKind.Register,
            Medium = "air",
            Unit = "m3",
            Resolution = 0.000000001m,
        };

        Assert.Equal(fits, PointCodec.TryToCount(point, (decimal)value, out var count));
        Assert.Equal(fits ? (decimal)value : 0, count * point.Resolution);
    }

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_registers_for_every_type_and_order()
    {
        AnyPoints.Readings.Where(r => !AnyPoints.Floats.Contains(r.Point.Type)).Sample(
            reading =>
            {
                var engineering = PointCodec.ToEngineering(reading.Point, reading.Registers);
                Assert.NotNull(engineering);
                ushort[] shown = [.. reading.Registers], written = [.. reading.Registers];
                PointCodec.Encode(reading.Point, engineering.Value, shown);
                PointCodec.EncodeExactly(reading.Point, engineering.Value, written);
                Assert.Equal(reading.Registers, shown);
                Assert.Equal(reading.Registers, written);
            },
            iter: 20_000);
    }

    [Fact]
    public void Decoding_what_was_encoded_gives_the_same_number_and_leaves_the_bits_of_others_alone()
    {
        var changes =
            from reading in AnyPoints.Readings.Where(r => !AnyPoints.Floats.Contains(r.Point.Type))
            from before in Gen.UShort.Array[reading.Point.RegisterCount]
            select (reading.Point, reading.Registers, Before: before);

        changes.Sample(
            c =>
            {
                var number = PointCodec.ToEngineering(c.Point, c.Registers) ?? throw new InvalidOperationException("no number");
                ushort[] after = [.. c.Before];
                PointCodec.EncodeExactly(c.Point, number, after);
                Assert.Equal(number, PointCodec.ToEngineering(c.Point, after));

                // With ones where the point's own bits are, and as they were elsewhere: nothing else may have changed.
                if (c.Point.Type == PointType.Bcd) return;
                ushort[] own = new ushort[after.Length], rest = [.. c.Before];
                var bits = c.Point with { Kind = PointKind.Register, Scale = 1, Divide = 1, Offset = 0 };
                PointCodec.Encode(bits, -1, own);
                for (var i = 0; i < after.Length; i++) Assert.Equal(rest[i] & ~own[i], after[i] & ~own[i]);
            },
            iter: 20_000);
    }

    [Fact]
    public void A_count_survives_registers_behind_any_transformer()
    {
        var counts =
            from order in Gen.Enum<RegisterOrder>()
            from resolution in Gen.OneOf(1m, 0.1m, 0.01m, 0.001m)
            from ratio in Gen.Int[1, 20_000]
            from count in Gen.Int
            select (order, resolution, ratio, count);

        counts.Sample(
            c =>
            {
                var meter = AnyPoints.Plain(PointType.Int32, c.order) with { Scale = c.resolution, Resolution = c.resolution };
                var point = (meter with { Transformer = true }).WithRatio(c.ratio);
                Assert.Equal(c.count, PointCodec.ToCount(point, AnyPoints.Encode(point, c.count * point.Resolution)));
            },
            iter: 10_000);
    }

    [Fact]
    public void Any_registers_decode_to_a_count_or_to_nothing()
    {
        AnyPoints.Readings.Sample(
            reading =>
            {
                var engineering = PointCodec.ToEngineering(reading.Point, reading.Registers);
                var fits = Math.Abs(engineering ?? 0) < long.MaxValue;
                Assert.Equal(engineering is null || !fits, PointCodec.ToCount(reading.Point, reading.Registers) is null);
                Assert.True(engineering is not null || AnyPoints.Floats.Contains(reading.Point.Type));
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData(RegisterOrder.ABCD, 0x1234, 0x5678)]
    [InlineData(RegisterOrder.CDAB, 0x5678, 0x1234)]
    [InlineData(RegisterOrder.BADC, 0x3412, 0x7856)]
    [InlineData(RegisterOrder.DCBA, 0x7856, 0x3412)]
    public void A_32_bit_value_lies_in_its_registers_by_its_order(RegisterOrder order, int first, int second)
    {
        var point = AnyPoints.Plain(PointType.UInt32, order);

        // 0x12345678
        Assert.Equal(305_419_896m, PointCodec.ToEngineering(point, [(ushort)first, (ushort)second]));
        Assert.Equal([(ushort)first, (ushort)second], AnyPoints.Encode(point, 305_419_896m));
    }

    [Theory]
    [InlineData(RegisterOrder.ABCD, 0x42F6, 0xE979)]
    [InlineData(RegisterOrder.CDAB, 0xE979, 0x42F6)]
    [InlineData(RegisterOrder.BADC, 0xF642, 0x79E9)]
    [InlineData(RegisterOrder.DCBA, 0x79E9, 0xF642)]
    public void A_float_lies_in_its_registers_by_its_order(RegisterOrder order, int first, int second)
    {
        var point = AnyPoints.Plain(PointType.Float32, order) with { Resolution = 0.001m };

        Assert.Equal(123_456, PointCodec.ToCount(point, [(ushort)first, (ushort)second]));
        Assert.Equal([(ushort)first, (ushort)second], AnyPoints.Encode(point, 123.456m));
    }

    [Theory]
    [InlineData(RegisterOrder.ABCD, 0xFF38)]
    [InlineData(RegisterOrder.CDAB, 0xFF38)]
    [InlineData(RegisterOrder.BADC, 0x38FF)]
    [InlineData(RegisterOrder.DCBA, 0x38FF)]
    public void A_16_bit_value_only_asks_whether_its_bytes_are_swapped(RegisterOrder order, int register)
    {
        var point = AnyPoints.Plain(PointType.Int16, order) with { Scale = 0.1m };

        Assert.Equal(-20.0m, PointCodec.ToEngineering(point, [(ushort)register]));
        Assert.Equal([(ushort)register], AnyPoints.Encode(point, -20m));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(1e16f)]
    [InlineData(float.MaxValue)]
    public void A_float_that_is_no_measurement_is_missing_and_never_zero(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        ushort[] registers = [(ushort)(bits >> 16), (ushort)bits];

        Assert.Null(PointCodec.ToEngineering(AnyPoints.Plain(PointType.Float32, RegisterOrder.ABCD), registers));
        Assert.Null(PointCodec.ToCount(AnyPoints.Plain(PointType.Float32, RegisterOrder.ABCD), registers));
    }

    [Fact]
    public void A_large_float_total_keeps_every_digit_it_has()
    {
        var point = AnyPoints.Plain(PointType.Float32, RegisterOrder.ABCD);

        Assert.Equal(16_777_218, PointCodec.ToCount(point, [0x4B80, 0x0001]));
    }

    [Theory]
    [InlineData("0.0005", 0)]
    [InlineData("0.0015", 2)]
    [InlineData("-0.0025", -2)]
    [InlineData("0.00250001", 3)]
    public void A_count_is_rounded_once_half_to_even(string engineering, long count)
    {
        var point = AnyPoints.Plain(PointType.Float32, RegisterOrder.ABCD) with { Resolution = 0.001m };

        Assert.Equal(count, PointCodec.ToCount(point, decimal.Parse(engineering, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_count_that_is_no_long_is_an_overflow()
    {
        var point = AnyPoints.Plain(PointType.Float32, RegisterOrder.ABCD) with { Resolution = 0.001m };

        Assert.Throws<OverflowException>(() => PointCodec.ToCount(point, 1e20m));
    }

    [Fact]
    public void The_wrong_number_of_registers_is_a_mistake_of_the_caller()
    {
        var point = AnyPoints.Plain(PointType.UInt32, RegisterOrder.ABCD);

        Assert.Throws<ArgumentException>(() => PointCodec.ToEngineering(point, [1]));
        Assert.Throws<ArgumentException>(() => PointCodec.Encode(point, 1, new ushort[3]));
    }
}
