using System.Text;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>Totals in twelve packed decimal digits, by literal registers.</summary>
public class PointCodecPackedDecimalTests
{
    private static readonly ProfilePoint Total = Read("""
        "kind": "register", "modulus": 100000000, "resolution": "0.0001", "scale": "0.0001"
        """);

    private static readonly ProfilePoint Level = Read("""
        "kind": "level", "resolution": "1"
        """);

    [Theory]
    [InlineData("12345678.9012", 0x1234, 0x5678, 0x9012)]
    [InlineData("0", 0, 0, 0)]
    [InlineData("99999999.9999", 0x9999, 0x9999, 0x9999)]
    [InlineData("0.0001", 0, 0, 1)]
    public void Digits_stand_in_the_registers_as_they_are_read(string value, int first, int second, int third)
    {
        var registers = new ushort[3];

        PointCodec.Encode(Total, Number(value), registers);

        Assert.Equal([first, second, third], registers.Select(r => (int)r));
        Assert.Equal(Number(value), PointCodec.ToEngineering(Total, registers));
    }

    [Theory]
    [InlineData("100000000", 0, 0, 0)]
    [InlineData("99999999.99996", 0, 0, 0)]
    [InlineData("100000012.5", 0, 0x0012, 0x5000)]
    public void A_register_starts_again_from_zero(string value, int first, int second, int third)
    {
        var registers = new ushort[3];

        PointCodec.Encode(Total, Number(value), registers);

        Assert.Equal([first, second, third], registers.Select(r => (int)r));
    }

    [Theory]
    [InlineData("-5", 0, 0, 0)]
    [InlineData("5000000000000", 0x9999, 0x9999, 0x9999)]
    public void A_level_stops_at_the_ends(string value, int first, int second, int third)
    {
        var registers = new ushort[3];

        PointCodec.Encode(Level, Number(value), registers);

        Assert.Equal([first, second, third], registers.Select(r => (int)r));
    }

    [Theory]
    [InlineData(0x000A, 0, 0)]
    [InlineData(0, 0xF000, 0)]
    [InlineData(0xFFFF, 0xFFFF, 0xFFFF)]
    public void Four_bits_above_nine_are_no_number(int first, int second, int third)
    {
        Assert.Null(PointCodec.ToEngineering(Total, [(ushort)first, (ushort)second, (ushort)third]));
    }

    [Fact]
    public void Another_order_and_a_modulus_beyond_twelve_digits_are_mistakes_of_the_profile()
    {
        var refused = Assert.Throws<ProfileException>(() => Read("""
            "kind": "register", "modulus": 10000000000000, "resolution": "1", "order": "CDAB"
            """));

        Assert.Contains("order is 'CDAB'; known for Bcd are ABCD", refused.Message);
        Assert.Contains("modulus is more than the registers can show", refused.Message);
    }

    private static ProfilePoint Read(string meaning)
    {
        var json = $$"""
            {
              "id": "corrector", "name": "n", "source": "s", "protocol": "modbus", "groups": { "g": "00:01:00" },
              "points": [
                { "name": "Total", "group": "g", "medium": "water", "unit": "m3", "address": 18, "type": "bcd48", {{meaning}} }
              ]
            }
            """;
        return DeviceProfile.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "test").Points[0];
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
