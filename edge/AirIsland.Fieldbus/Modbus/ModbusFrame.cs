using System.Buffers.Binary;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>The frame of Modbus TCP: transaction, protocol 0, length, unit (7 bytes), then the function and its data.</summary>
internal static class ModbusFrame
{
    public const int HeaderLength = 7;
    public const int MaxLength = 260;

    public static byte[] Build(ushort transaction, byte unit, ReadOnlySpan<byte> pdu)
    {
        var frame = new byte[HeaderLength + pdu.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(4), (ushort)(pdu.Length + 1));
        frame[6] = unit;
        pdu.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    public static ushort Transaction(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame);

    public static ushort Protocol(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt16BigEndian(frame[2..]);

    public static byte Unit(ReadOnlySpan<byte> frame) => frame[6];

    /// <summary>Bytes after the header, or null when the length is none a Modbus frame has: the end of the frame is then unknown.</summary>
    public static int? PduLength(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[4..]) - 1;
        return length is >= 1 and <= MaxLength - HeaderLength ? length : null;
    }

    public static ReadOnlySpan<byte> Pdu(ReadOnlySpan<byte> frame) => frame[HeaderLength..];
}
