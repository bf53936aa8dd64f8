using System.Buffers.Binary;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>Registers and bits as they lie in a frame: registers high byte first, bits eight to a byte, the first the lowest.</summary>
internal static class ModbusData
{
    /// <summary>Writes function, address, and a count or value: the head of most requests.</summary>
    public static void WriteHead(Span<byte> pdu, byte function, ushort address, ushort second)
    {
        pdu[0] = function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[3..], second);
    }

    public static void WriteRegisters(Span<byte> target, ReadOnlySpan<ushort> registers)
    {
        for (var i = 0; i < registers.Length; i++)
            BinaryPrimitives.WriteUInt16BigEndian(target[(2 * i)..], registers[i]);
    }

    public static ushort[] ReadRegisters(ReadOnlySpan<byte> source)
    {
        var registers = new ushort[source.Length / 2];
        for (var i = 0; i < registers.Length; i++)
            registers[i] = BinaryPrimitives.ReadUInt16BigEndian(source[(2 * i)..]);
        return registers;
    }

    public static int BytesOf(int bits) => (bits + 7) / 8;

    /// <summary>The bits behind the last one are zero, as the specification wants them.</summary>
    public static void WriteBits(Span<byte> target, ReadOnlySpan<bool> bits)
    {
        target[..BytesOf(bits.Length)].Clear();
        for (var i = 0; i < bits.Length; i++)
            target[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
    }

    public static bool[] ReadBits(ReadOnlySpan<byte> source, int count)
    {
        var bits = new bool[count];
        for (var i = 0; i < count; i++)
            bits[i] = (source[i / 8] & (1 << (i % 8))) != 0;
        return bits;
    }
}
