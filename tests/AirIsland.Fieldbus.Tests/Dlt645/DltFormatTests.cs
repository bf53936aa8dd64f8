using AirIsland.Fieldbus.Dlt645;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Dlt645;

public class DltFormatTests
{
    private static readonly DltFormat Energy = new(4, 2, "kW.h");
    private static readonly DltFormat Power = new(3, 4, "kW", IsSigned: true);

    [Theory]
    [InlineData("00 00 00 00", "0.00")]
    [InlineData("01 00 00 00", "0.01")]
    [InlineData("42 06 12 00", "1206.42")]
    [InlineData("99 99 99 99", "999999.99")]
    public void Digits_are_exact(string hex, string expected)
    {
        var value = Energy.Decode(PublishedFrames.Bytes(hex));

        Assert.Equal(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), value);
        Assert.Equal(expected, value?.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("12 25 00", 0.2512)]
    [InlineData("12 25 80", -0.2512)]
    [InlineData("99 99 79", 79.9999)]
    [InlineData("99 99 F9", -79.9999)]
    [InlineData("00 00 80", 0)]
    public void The_top_bit_is_the_minus_where_the_format_has_one(string hex, decimal expected) =>
        Assert.Equal(expected, Power.Decode(PublishedFrames.Bytes(hex)));

    [Theory]
    [InlineData("FF FF FF FF")]
    [InlineData("EE EE EE EE")]
    [InlineData("FF 00 00 00")]
    [InlineData("0A 00 00 00")]
    [InlineData("A0 00 00 00")]
    [InlineData("00 00 00 F1")]
    public void What_is_no_digit_is_missing_and_never_a_number(string hex) =>
        Assert.Null(Energy.Decode(PublishedFrames.Bytes(hex)));

    [Theory]
    [InlineData("FF FF FF")]
    [InlineData("EE EE EE")]
    [InlineData("00 00 FF")]
    [InlineData("00 00 7A")]
    public void A_filler_is_missing_in_a_signed_format_too(string hex) => Assert.Null(Power.Decode(PublishedFrames.Bytes(hex)));

    [Fact]
    public void No_half_byte_beyond_nine_ever_makes_a_number()
    {
        Gen.Byte.Array[4].Sample(bytes =>
        {
            var sound = bytes.All(b => (b >> 4) <= 9 && (b & 0xF) <= 9);
            Assert.Equal(sound, Energy.Decode(bytes) is not null);
        });
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_number()
    {
        var format = Gen.Select(
            Gen.Int[1, 8], Gen.Int[0, 4], Gen.Bool, (bytes, decimals, signed) => new DltFormat(bytes, decimals, "1", signed));
        Gen.Select(format, Gen.Long[0, 9_999_999_999_999_999], Gen.Bool).Sample((f, raw, negative) =>
        {
            var width = 1L;
            for (var i = 0; i < 2 * f.Bytes; i++)
                width *= 10;
            var digits = raw % (f.IsSigned ? width / 10 * 8 : width);
            var value = (f.IsSigned && negative ? -digits : digits) / (decimal)Math.Pow(10, f.Decimals);
            var bytes = new byte[f.Bytes];

            f.Encode(value, bytes);

            Assert.Equal(value, f.Decode(bytes));
        });
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(-0.01)]
    [InlineData(999_999.996)]
    public void A_number_that_does_not_fit_is_written_as_missing(decimal value)
    {
        var bytes = new byte[4];

        Energy.Encode(value, bytes);

        Assert.Equal([0xFF, 0xFF, 0xFF, 0xFF], bytes);
    }

    [Theory]
    [InlineData(1.005, "00 01 00 00")]
    [InlineData(1.015, "02 01 00 00")]
    [InlineData(-0.001, "00 00 00 00")]
    public void The_last_digit_is_rounded_half_to_even(decimal value, string expected)
    {
        var bytes = new byte[4];

        Energy.Encode(value, bytes);

        Assert.Equal(PublishedFrames.Bytes(expected), bytes);
    }

    [Fact]
    public void Another_number_of_bytes_is_a_mistake_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Energy.Decode(new byte[3]));
        Assert.Throws<ArgumentException>(() => Energy.Encode(1, new byte[5]));
    }
}
