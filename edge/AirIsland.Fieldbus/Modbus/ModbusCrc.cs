namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// The check of an RTU frame: CRC-16 with the reversed polynomial A001, started at FFFF, sent low byte first. Source: Modbus over serial
/// line V1.02, 6.2.2.
/// </summary>
public static class ModbusCrc
{
    private const ushort Polynomial = 0xA001;

    private static readonly ushort[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    public static ushort Of(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0xFFFF;
        foreach (var value in bytes)
            crc = (ushort)((crc >> 8) ^ Table[(crc ^ value) & 0xFF]);
        return crc;
    }

    private static ushort Entry(int value)
    {
        var crc = (ushort)value;
        for (var bit = 0; bit < 8; bit++)
            crc = (ushort)((crc >> 1) ^ ((crc & 1) * Polynomial));
        return crc;
    }
}
