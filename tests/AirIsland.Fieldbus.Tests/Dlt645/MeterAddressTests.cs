using AirIsland.Fieldbus.Dlt645;

namespace AirIsland.Fieldbus.Tests.Dlt645;

public class MeterAddressTests
{
    [Fact]
    public void The_lowest_digits_go_first_on_the_wire()
    {
        var bytes = new byte[6];

        MeterAddress.Parse("000102030425").Write(bytes);

        Assert.Equal([0x25, 0x04, 0x03, 0x02, 0x01, 0x00], bytes);
        Assert.Equal("000102030425", MeterAddress.Read(bytes).ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("123")]
    [InlineData("1234567890123")]
    [InlineData("12345678901F")]
    [InlineData("1234567890A1")]
    [InlineData("+12345678901")]
    [InlineData(" 12345678901")]
    public void What_is_not_twelve_digits_is_refused(string? text) => Assert.False(MeterAddress.TryParse(text, out _));

    [Theory]
    [InlineData("AAAAAAAAAAAA", "000102030425", true)]
    [InlineData("AAAAAAAAAA25", "000102030425", true)]
    [InlineData("AAAAAAAAAA26", "000102030425", false)]
    [InlineData("AAAAAAAA0425", "000102030425", true)]
    [InlineData("000102030425", "000102030425", true)]
    [InlineData("000102030425", "000102030426", false)]
    public void A_pair_AA_stands_for_any_digits(string mask, string meter, bool covered) =>
        Assert.Equal(covered, MeterAddress.Parse(mask).Covers(MeterAddress.Parse(meter)));

    [Fact]
    public void Only_digits_name_one_meter()
    {
        Assert.True(MeterAddress.Parse("999999999999").IsExact);
        Assert.False(MeterAddress.Any.IsExact);
        Assert.False(MeterAddress.Parse("AAAAAAAAAA25").IsExact);
        Assert.False(MeterAddress.Read([0x1F, 0, 0, 0, 0, 0]).IsExact);
    }
}
