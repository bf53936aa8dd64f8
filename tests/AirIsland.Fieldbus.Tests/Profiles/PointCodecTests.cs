using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

public class PointCodecTests
{
    private static readonly decimal[] Scales = [1m, 0.1m, 0.01m, 0.001m, 10m, -0.1m];
    private static readonly decimal[] Divisors = [1m, 10m, 60m];
    private static readonly decimal[] Offsets = [0m, -40m, 273.15m];

    private static readonly Gen<ProfilePoint> AnyPoint =
        from type in Gen.Enum<PointType>()
        from order in Gen.Enum<RegisterOrder>()
        from kind in Gen.OneOf(PointKind.Level, PointKind.Register)
        from numbers in Gen.Select(Gen.OneOf(Scales), Gen.OneOf(Divisors), Gen.OneOf(Offsets))
        select Point(type, order) with { Kind = kind, Scale = numbers.Item1, Divide = numbers.Item2, Offset = numbers.Item3 };

    private static readonly Gen<ushort> FourDigits = Gen.Int[0, 9999].Select(digits => Convert.ToUInt16($"{digits}", fromBase: 16));

    private static readonly Gen<(ProfilePoint Point, ushort[] Registers)> AnyReading =
        from point in AnyPoint
        from registers in (point.Type == PointType.Bcd48 ? FourDigits : Gen.UShort).Array[point.RegisterCount]
        select (point, registers);

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
        AnyReading.Where(r => r.Point.Type != PointType.Float32).Sample(
            reading =>
            {
                var engineering = PointCodec.ToEngineering(reading.Point, reading.Registers);
                Assert.NotNull(engineering);
                Assert.Equal(reading.Registers, Encode(reading.Point, engineering.Value));
            },
            iter: 20_000);
    }

    [Fact]
    public void Encoding_what_was_decoded_gives_the_same_float_for_every_order()
    {
        var floats =
            from point in AnyPoint.Select(p => p with { Type = PointType.Float32 })
            from value in Gen.Float[-1e9f, 1e9f]
            select (point, value);

        floats.Where(f => f.value == 0 || Math.Abs(f.value) > 1e-3f).Sample(
            f =>
            {
                var plain = f.point with { Scale = 1, Divide = 1, Offset = 0 };
                var registers = Encode(plain, (decimal)(double)f.value);
                Assert.Equal((decimal)(double)f.value, PointCodec.ToEngineering(plain, registers));
                var engineering = PointCodec.ToEngineering(f.point, registers);
                Assert.NotNull(engineering);
                Assert.Equal(registers, Encode(f.point, engineering.Value));
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
                var meter = Point(PointType.Int32, c.order) with { Scale = c.resolution, Resolution = c.resolution, Transformer = true };
                var point = meter.WithRatio(c.ratio);
                Assert.Equal(c.count, PointCodec.ToCount(point, Encode(point, c.count * point.Resolution)));
            },
            iter: 10_000);
    }

    [Fact]
    public void Any_registers_decode_to_a_count_or_to_nothing()
    {
        AnyReading.Sample(
            reading =>
            {
                var engineering = PointCodec.ToEngineering(reading.Point, reading.Registers);
                Assert.Equal(engineering is null, PointCodec.ToCount(reading.Point, reading.Registers) is null);
                Assert.True(engineering is not null || reading.Point.Type == PointType.Float32);
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
        var point = Point(PointType.UInt32, order);

        // 0x12345678
        Assert.Equal(305_419_896m, PointCodec.ToEngineering(point, [(ushort)first, (ushort)second]));
        Assert.Equal([(ushort)first, (ushort)second], Encode(point, 305_419_896m));
    }

    [Theory]
    [InlineData(RegisterOrder.ABCD, 0x42F6, 0xE979)]
    [InlineData(RegisterOrder.CDAB, 0xE979, 0x42F6)]
    [InlineData(RegisterOrder.BADC, 0xF642, 0x79E9)]
    [InlineData(RegisterOrder.DCBA, 0x79E9, 0xF642)]
    public void A_float_lies_in_its_registers_by_its_order(RegisterOrder order, int first, int second)
    {
        var point = Point(PointType.Float32, order) with { Resolution = 0.001m };

        Assert.Equal(123_456, PointCodec.ToCount(point, [(ushort)first, (ushort)second]));
        Assert.Equal([(ushort)first, (ushort)second], Encode(point, 123.456m));
    }

    [Theory]
    [InlineData(RegisterOrder.ABCD, 0xFF38)]
    [InlineData(RegisterOrder.CDAB, 0xFF38)]
    [InlineData(RegisterOrder.BADC, 0x38FF)]
    [InlineData(RegisterOrder.DCBA, 0x38FF)]
    public void A_16_bit_value_only_asks_whether_its_bytes_are_swapped(RegisterOrder order, int register)
    {
        var point = Point(PointType.Int16, order) with { Scale = 0.1m };

        Assert.Equal(-20.0m, PointCodec.ToEngineering(point, [(ushort)register]));
        Assert.Equal([(ushort)register], Encode(point, -20m));
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

        Assert.Null(PointCodec.ToEngineering(Point(PointType.Float32, RegisterOrder.ABCD), registers));
        Assert.Null(PointCodec.ToCount(Point(PointType.Float32, RegisterOrder.ABCD), registers));
    }

    [Fact]
    public void A_large_float_total_keeps_every_digit_it_has()
    {
        var point = Point(PointType.Float32, RegisterOrder.ABCD);

        Assert.Equal(16_777_218, PointCodec.ToCount(point, [0x4B80, 0x0001]));
    }

    [Theory]
    [InlineData("0.0005", 0)]
    [InlineData("0.0015", 2)]
    [InlineData("-0.0025", -2)]
    [InlineData("0.00250001", 3)]
    public void A_count_is_rounded_once_half_to_even(string engineering, long count)
    {
        var point = Point(PointType.Float32, RegisterOrder.ABCD) with { Resolution = 0.001m };

        Assert.Equal(count, PointCodec.ToCount(point, decimal.Parse(engineering, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_count_that_is_no_long_is_an_overflow()
    {
        var point = Point(PointType.Float32, RegisterOrder.ABCD) with { Resolution = 0.001m };

        Assert.Throws<OverflowException>(() => PointCodec.ToCount(point, 1e20m));
    }

    [Fact]
    public void The_wrong_number_of_registers_is_a_mistake_of_the_caller()
    {
        var point = Point(PointType.UInt32, RegisterOrder.ABCD);

        Assert.Throws<ArgumentException>(() => PointCodec.ToEngineering(point, [1]));
        Assert.Throws<ArgumentException>(() => PointCodec.Encode(point, 1, new ushort[3]));
    }

    private static ProfilePoint Point(PointType type, RegisterOrder order) => new()
    {
        Name = "Quantity",
        Group = "fast",
        Kind = PointKind.Level,
        Medium = "air",
        Unit = "1",
        Resolution = 1,
        Type = type,
        Order = order,
    };

    private static ushort[] Encode(ProfilePoint point, decimal engineering)
    {
        var registers = new ushort[point.RegisterCount];
        PointCodec.Encode(point, engineering, registers);
        return registers;
    }
}
