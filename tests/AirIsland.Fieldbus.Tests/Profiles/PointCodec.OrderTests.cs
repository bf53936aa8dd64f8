using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Orders by name, and a doubtful value in each of them.</summary>
public class PointCodecOrderTests
{
    [Theory]
    [InlineData(RegisterOrder.ABCD, 0x0123, 0x4567, 0x89AB, 0xCDEF)]
    [InlineData(RegisterOrder.CDAB, 0xCDEF, 0x89AB, 0x4567, 0x0123)]
    [InlineData(RegisterOrder.BADC, 0x2301, 0x6745, 0xAB89, 0xEFCD)]
    [InlineData(RegisterOrder.DCBA, 0xEFCD, 0xAB89, 0x6745, 0x2301)]
    public void A_64_bit_value_lies_in_its_registers_by_its_order(RegisterOrder order, int first, int second, int third, int fourth)
    {
        ushort[] registers = [(ushort)first, (ushort)second, (ushort)third, (ushort)fourth];

        Assert.Equal(81_985_529_216_486_895m, PointCodec.ToEngineering(AnyPoints.Plain(PointType.UInt64, order), registers));
        Assert.Equal(registers, AnyPoints.EncodeExactly(AnyPoints.Plain(PointType.Int64, order), 81_985_529_216_486_895m));
    }

    [Theory]
    [InlineData(ulong.MaxValue, "18446744073709551615", "-1")]
    [InlineData(1UL << 63, "9223372036854775808", "-9223372036854775808")]
    public void The_ends_of_64_bits_are_exact(ulong bits, string withoutSign, string withSign)
    {
        var registers = AnyPoints.Encode(AnyPoints.Plain(PointType.UInt64), bits);

        Assert.Equal(Number(withoutSign), PointCodec.ToEngineering(AnyPoints.Plain(PointType.UInt64), registers));
        Assert.Equal(Number(withSign), PointCodec.ToEngineering(AnyPoints.Plain(PointType.Int64), registers));
    }

    [Fact]
    public void A_doubtful_float_is_shown_in_all_four_orders_side_by_side()
    {
        // 123.456 with its low word first; the other orders show what an operator would not believe.
        var values = PointCodec.InEveryOrder(AnyPoints.Plain(PointType.Float32, RegisterOrder.CDAB), [0xE979, 0x42F6]);

        Assert.Equal(["ABCD", "CDAB", "BADC", "DCBA"], values.Select(v => v.Order));
        Assert.Equal([false, true, false, false], values.Select(v => v.IsOwn));
        Assert.Equal(123.456m, Math.Round(values[1].Value ?? 0, 3, MidpointRounding.ToEven));
        Assert.Null(values[0].Value);
        Assert.All(values, v => Assert.Null(v.Text));
    }

    [Fact]
    public void Every_width_names_its_orders()
    {
        Assert.Equal(["AB", "BA"], Names(AnyPoints.Plain(PointType.UInt16)));
        Assert.Equal(["ABCDEFGH", "GHEFCDAB", "BADCFEHG", "HGFEDCBA"], Names(AnyPoints.Plain(PointType.Float64)));
        Assert.Equal(["ABCD"], Names(AnyPoints.Plain(PointType.Bcd, length: 3)));
        Assert.Equal(["AB", "BA"], Names(AnyPoints.Plain(PointType.Text, length: 5)));
    }

    [Fact]
    public void One_register_has_its_own_order_by_any_of_the_names()
    {
        foreach (var order in Enum.GetValues<RegisterOrder>())
        {
            var own = Assert.Single(PointCodec.InEveryOrder(AnyPoints.Plain(PointType.UInt16, order), [0x1234]), v => v.IsOwn);
            Assert.Equal(PointCodec.ToEngineering(AnyPoints.Plain(PointType.UInt16, order), [0x1234]), own.Value);
        }
    }

    private static IEnumerable<string> Names(ProfilePoint point) =>
        PointCodec.InEveryOrder(point, new ushort[point.RegisterCount]).Select(v => v.Order);

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
