namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>RTU frames as bytes, without any of the product's code: the CRC is reckoned bit by bit.</summary>
internal static class RtuBytes
{
    /// <summary>A frame of hexadecimal unit, function and data, spaces allowed.</summary>
    public static byte[] Frame(string bytes) => Frame(RawConnection.Hex(bytes));

    public static byte[] Frame(params byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xA001;
        }

        return [.. bytes, (byte)crc, (byte)(crc >> 8)];
    }

    /// <summary>The right answer to a read request of registers.</summary>
    public static byte[] Answer(byte[] request, params ushort[] registers) => Frame(
        [request[0], request[1], (byte)(2 * registers.Length), .. registers.SelectMany(r => new[] { (byte)(r >> 8), (byte)r })]);
}
