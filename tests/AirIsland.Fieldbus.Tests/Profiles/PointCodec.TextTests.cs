using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Texts of a fixed length.</summary>
public class PointCodecTextTests
{
    [Theory]
    [InlineData(RegisterOrder.ABCD, 0x504D, 0x3231, 0x3030)]
    [InlineData(RegisterOrder.BADC, 0x4D50, 0x3132, 0x3030)]
    public void A_text_lies_in_its_registers_by_its_order(RegisterOrder order, int first, int second, int third)
    {
        var point = Text(3, order);
        ushort[] registers = [(ushort)first, (ushort)second, (ushort)third];

        Assert.Equal("PM2100", PointCodec.ToText(point, registers));
        Assert.Equal(registers, Encode(point, "PM2100"));
    }

    [Theory]
    [InlineData(0x4142, 0x2020, "AB")]
    [InlineData(0x4142, 0x0000, "AB")]
    [InlineData(0x2041, 0x4220, "AB")]
    [InlineData(0x4120, 0x4200, "A B")]
    [InlineData(0x0000, 0x0000, "")]
    public void What_fills_a_text_up_is_no_part_of_it(ushort first, ushort second, string text)
    {
        Assert.Equal(text, PointCodec.ToText(Text(2), [first, second]));
    }

    [Theory]
    [InlineData(0xFFFF, 0xFFFF)]
    [InlineData(0x4100, 0x4242)]
    [InlineData(0x0741, 0x4242)]
    [InlineData(0xB0B2, 0x4242)]
    public void Bytes_that_are_no_printable_characters_are_no_text(int first, int second)
    {
        Assert.Null(PointCodec.ToText(Text(2), [(ushort)first, (ushort)second]));
    }

    [Fact]
    public void Every_text_survives_its_registers()
    {
        var texts =
            from length in Gen.Int[1, 20]
            from order in Gen.OneOf(RegisterOrder.ABCD, RegisterOrder.BADC)
            from text in Gen.Char[' ', '~'].Array[0, 2 * length]
            select (Point: Text(length, order), Text: new string(text).Trim());

        texts.Sample(t => Assert.Equal(t.Text, PointCodec.ToText(t.Point, Encode(t.Point, t.Text))), iter: 5_000);
    }

    [Theory]
    [InlineData("ABCDE")]
    [InlineData("Ä")]
    [InlineData("A\0")]
    [InlineData("气")]
    public void A_text_that_does_not_fit_is_refused(string text)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Encode(Text(2), text));
    }

    [Fact]
    public void A_text_is_no_number_and_a_number_no_text()
    {
        Assert.Null(PointCodec.ToEngineering(Text(1), [0x3132]));
        Assert.Null(PointCodec.ToCount(Text(1), [0x3132]));
        Assert.Throws<ArgumentException>(() => AnyPoints.Encode(Text(1), 12));
        Assert.Throws<ArgumentException>(() => AnyPoints.EncodeExactly(Text(1), 12));
        Assert.Null(PointCodec.ToText(AnyPoints.Plain(PointType.UInt16), [0x3132]));
        Assert.Throws<ArgumentException>(() => Encode(AnyPoints.Plain(PointType.UInt16), "12"));
    }

    private static ProfilePoint Text(int length, RegisterOrder order = RegisterOrder.ABCD) =>
        AnyPoints.Plain(PointType.Text, order, length) with { Kind = PointKind.Text };

    private static ushort[] Encode(ProfilePoint point, string text)
    {
        var registers = new ushort[point.RegisterCount];
        PointCodec.EncodeText(point, text, registers);
        return registers;
    }
}
