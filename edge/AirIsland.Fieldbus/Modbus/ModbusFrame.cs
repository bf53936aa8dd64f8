using System.Buffers.Binary;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>The frame of Modbus TCP: transaction, protocol 0, length, unit (7 bytes), then the function and its data.</summary>
internal static class ModbusFrame
{
    public const int HeaderLength = 7;
    public const int MaxLength = 260;
    public const int MaxReadRegisters = 125;
    public const int MaxWriteRegisters = 123;

    public const byte ReadHolding = 3;
    public const byte ReadInput = 4;
    public const byte WriteOne = 6;
    public const byte WriteMany = 16;
    public const byte ExceptionFlag = 0x80;

    /// <summary>Writes the header before a function and data of that many bytes; returns the length of the whole frame.</summary>
    public static int WriteHeader(Span<byte> frame, ushort transaction, byte unit, int pduLength)
    {
        BinaryPrimitives.WriteUInt16BigEndian(frame, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(frame[4..], (ushort)(pduLength + 1));
        frame[6] = unit;
        return HeaderLength + pduLength;
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

    /// <summary>Function, address, and a count or value: the head of every request served or sent here.</summary>
    public static void WriteHead(Span<byte> pdu, byte function, ushort address, ushort second)
    {
        pdu[0] = function;
        BinaryPrimitives.WriteUInt16BigEndian(pdu[1..], address);
        BinaryPrimitives.WriteUInt16BigEndian(pdu[3..], second);
    }

    /// <summary>Writes the refusal of a request; returns the length of the frame.</summary>
    public static int WriteRefusal(Span<byte> frame, ReadOnlySpan<byte> request, ModbusExceptionCode code)
    {
        frame[HeaderLength] = (byte)(Pdu(request)[0] | ExceptionFlag);
        frame[HeaderLength + 1] = (byte)code;
        return WriteHeader(frame, Transaction(request), Unit(request), 2);
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
}
