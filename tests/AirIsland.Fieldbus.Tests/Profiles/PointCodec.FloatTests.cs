using System.Numerics;
using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Floats of 16, 32 and 64 bits: exact in decimals, missing when they are no number.</summary>
public class PointCodecFloatTests
{
    private static readonly Gen<RegisterOrder> AnyOrder = Gen.Enum<RegisterOrder>();

    [Fact]
    public void Every_half_decodes_exactly_and_encodes_to_itself()
    {
        foreach (var order in Enum.GetValues<RegisterOrder>())
        {
            var point = AnyPoints.Plain(PointType.Float16, order);
            for (var bits = 0; bits <= ushort.MaxValue; bits++)
                CheckExact(point, (double)BitConverter.UInt16BitsToHalf((ushort)bits), (ulong)bits);
        }
    }

    [Fact]
    public void Every_float_decodes_exactly_and_encodes_to_itself()
    {
        Gen.Select(AnyOrder, Gen.UInt).Sample(
            c => CheckExact(AnyPoints.Plain(PointType.Float32, c.Item1), BitConverter.UInt32BitsToSingle(c.Item2), c.Item2), iter: 50_000);
    }

    [Fact]
    public void Every_double_decodes_exactly_and_encodes_to_itself()
    {
        Gen.Select(AnyOrder, Gen.OneOf(Gen.Double[-1e15, 1e15], Gen.Double[-1, 1], Gen.Double)).Sample(
            c => CheckExact(AnyPoints.Plain(PointType.Float64, c.Item1), c.Item2, BitConverter.DoubleToUInt64Bits(c.Item2)), iter: 50_000);
    }

    [Fact]
    public void A_float_with_scale_and_offset_encodes_to_itself()
    {
        var floats =
            from point in AnyPoints.Numbers.Select(p => p with { Type = PointType.Float32, Bits = null })
            from value in Gen.Float[-1e9f, 1e9f].Where(v => v == 0 || Math.Abs(v) > 1e-3f)
            select (point, value);

        floats.Sample(
            f =>
            {
                var registers = AnyPoints.Encode(AnyPoints.Plain(PointType.Float32, f.point.Order), (decimal)(double)f.value);
                var engineering = PointCodec.ToEngineering(f.point, registers);
                Assert.NotNull(engineering);
                Assert.Equal(registers, AnyPoints.EncodeExactly(f.point, engineering.Value));
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData(PointType.Float16, 0x7C00UL)]
    [InlineData(PointType.Float16, 0xFC00UL)]
    [InlineData(PointType.Float16, 0x7E00UL)]
    [InlineData(PointType.Float16, 0xFFFFUL)]
    [InlineData(PointType.Float32, 0x7FC0_0000UL)]
    [InlineData(PointType.Float32, 0xFFC0_0000UL)]
    [InlineData(PointType.Float32, 0x7F80_0001UL)]
    [InlineData(PointType.Float32, 0xFFFF_FFFFUL)]
    [InlineData(PointType.Float32, 0x7F80_0000UL)]
    [InlineData(PointType.Float32, 0xFF80_0000UL)]
    [InlineData(PointType.Float64, 0x7FF8_0000_0000_0000UL)]
    [InlineData(PointType.Float64, 0x7FF0_0000_0000_0000UL)]
    [InlineData(PointType.Float64, 0xFFF0_0000_0000_0000UL)]
    [InlineData(PointType.Float64, 0xFFFF_FFFF_FFFF_FFFFUL)]
    [InlineData(PointType.Float64, 0x4341_C379_37E0_8000UL)] // 1e16
    public void What_is_no_number_is_missing_in_every_order_and_never_zero(PointType type, ulong bits)
    {
        foreach (var order in Enum.GetValues<RegisterOrder>())
        {
            var point = AnyPoints.Plain(type, order);
            Assert.Null(PointCodec.ToEngineering(point, Registers(point, bits)));
            Assert.Null(PointCodec.ToCount(point, Registers(point, bits)));
        }
    }

    [Fact]
    public void A_double_keeps_every_digit_of_a_billed_total()
    {
        var point = AnyPoints.Plain(PointType.Float64) with { Resolution = 0.0001m };

        // 123456789012.3456 has sixteen digits; a cast keeps fifteen.
        var bits = BitConverter.DoubleToUInt64Bits(123_456_789_012.3456);
        Assert.Equal(1_234_567_890_123_456, PointCodec.ToCount(point, Registers(point, bits)));
        Assert.Equal(Registers(point, bits), AnyPoints.Encode(point, 123_456_789_012.3456m));
    }

    [Fact]
    public void A_float_a_little_off_the_middle_is_rounded_to_its_own_side()
    {
        // 2^-49 above one half: gone in fifteen digits, and half to even would then say 0.
        var point = AnyPoints.Plain(PointType.Float64);

        Assert.Equal(1, PointCodec.ToCount(point, Registers(point, BitConverter.DoubleToUInt64Bits(0.5 + Math.Pow(2, -53)))));
        Assert.Equal(0, PointCodec.ToCount(point, Registers(point, BitConverter.DoubleToUInt64Bits(0.5))));
    }

    private static void CheckExact(ProfilePoint point, double value, ulong bits)
    {
        var registers = Registers(point, bits);
        var engineering = PointCodec.ToEngineering(point, registers);
        Assert.Equal(Math.Abs(value) <= 1e15, engineering is not null);
        if (engineering is not { } number) return;

        Assert.True(IsExact(value, number), $"{value:R} became {number}");
        // Far below 1e-9 the places of a decimal run out; a device that shows so little shows nothing.
        if (value == 0 || Math.Abs(value) >= 1e-9)
            Assert.Equal(value == 0 ? new ushort[point.RegisterCount] : registers, AnyPoints.EncodeExactly(point, number));
    }

    /// <summary>Whether they differ by no more than the last of 28 digits, or of 28 places where that is more.</summary>
    private static bool IsExact(double value, decimal number)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        var halvings = 1075 - Math.Max(exponent, 1);
        var exact = (bits < 0 ? -mantissa : mantissa) * BigInteger.Pow(10, number.Scale);
        var one = BigInteger.Pow(10, number.Scale) << halvings;
        var difference = BigInteger.Abs(exact - (Unscaled(number) << halvings));
        return difference * BigInteger.Pow(10, 28) <= one * Math.Max(1, (long)Math.Ceiling(Math.Abs(value) * 10));
    }

    private static BigInteger Unscaled(decimal number)
    {
        var parts = decimal.GetBits(number);
        var size = ((BigInteger)(uint)parts[2] << 64) | ((BigInteger)(uint)parts[1] << 32) | (uint)parts[0];
        return parts[3] < 0 ? -size : size;
    }

    private static ushort[] Registers(ProfilePoint point, ulong bits)
    {
        var whole = point.RegisterCount switch { 1 => PointType.UInt16, 2 => PointType.UInt32, _ => PointType.UInt64 };
        return AnyPoints.Encode(point with { Type = whole }, bits);
    }
}
