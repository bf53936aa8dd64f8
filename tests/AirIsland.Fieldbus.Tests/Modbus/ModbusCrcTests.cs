using AirIsland.Fieldbus.Modbus;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>The check of RTU frames, by published values and by its law.</summary>
public class ModbusCrcTests
{
    // The first is the example of "Modbus over serial line" V1.02, 6.2.2; "123456789" gives 4B37 in every catalogue of CRCs as
    // CRC-16/MODBUS; the others are frames of makers' manuals.
    [Theory]
    [InlineData("02 07", 0x1241)]
    [InlineData("31 32 33 34 35 36 37 38 39", 0x4B37)]
    [InlineData("01 03 00 00 00 0A", 0xCDC5)]
    [InlineData("11 03 00 6B 00 03", 0x8776)]
    [InlineData("01 04 02 FF FF", 0x80B8)]
    public void The_CRC_is_the_published_one(string bytes, int crc) => Assert.Equal(crc, ModbusCrc.Of(RawConnection.Hex(bytes)));

    [Fact]
    public void Any_single_flipped_bit_changes_the_CRC() => Gen.Select(Gen.Byte.Array[1, 254], Gen.Int[0, 8 * 254]).Sample((bytes, at) =>
    {
        var crc = ModbusCrc.Of(bytes);
        var bit = at % (8 * bytes.Length);
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return ModbusCrc.Of(bytes) != crc;
    });
}
