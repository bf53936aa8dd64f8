using System.Buffers.Binary;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>The frame of Modbus RTU: unit, function and its data, CRC-16.</summary>
internal static class RtuFrame
{
    /// <summary>Unit and CRC.</summary>
    public const int Overhead = 3;

    public const int MaxLength = 256;

    /// <summary>Function and code.</summary>
    private const int RefusalLength = 2;

    public static byte[] Build(byte unit, ReadOnlySpan<byte> pdu)
    {
        var frame = new byte[pdu.Length + Overhead];
        frame[0] = unit;
        pdu.CopyTo(frame.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(frame.AsSpan(1 + pdu.Length), ModbusCrc.Of(frame.AsSpan(0, 1 + pdu.Length)));
        return frame;
    }

    /// <summary>Whether these bytes are a frame from the first to the last.</summary>
    public static bool IsSound(ReadOnlySpan<byte> frame) =>
        frame.Length is > Overhead and <= MaxLength
        && BinaryPrimitives.ReadUInt16LittleEndian(frame[^2..]) == ModbusCrc.Of(frame[..^2]);

    public static ReadOnlySpan<byte> Pdu(ReadOnlySpan<byte> frame) => frame[1..^2];

    /// <summary>
    /// Where the answer to a request lies among what was heard, or null. A refusal counts only as the last thing that was heard: it is so
    /// short that it could lie inside a damaged frame.
    /// </summary>
    public static Range? FindAnswer(ReadOnlySpan<byte> heard, ModbusRequest request)
    {
        for (var start = 0; start + Overhead < heard.Length; start++)
        {
            if (heard[start] != request.Unit)
                continue;
            if (request.AnswerLength(heard[(start + 1)..]) is { } length && Answers(heard[start..], length, request))
                return start..(start + length + Overhead);
        }

        var last = heard.Length - RefusalLength - Overhead;
        return last >= 0 && Answers(heard[last..], RefusalLength, request) ? last.. : null;
    }

    private static bool Answers(ReadOnlySpan<byte> heard, int pduLength, ModbusRequest request)
    {
        if (heard.Length < pduLength + Overhead)
            return false;
        var frame = heard[..(pduLength + Overhead)];
        return IsSound(frame) && request.IsAnsweredBy(frame[0], Pdu(frame));
    }
}
