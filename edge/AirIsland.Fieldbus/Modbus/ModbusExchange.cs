using System.Buffers.Binary;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>A request that a server has taken and the answer it has for it, as frames. Valid while the answer is being carried.</summary>
public readonly struct ModbusExchange
{
    private const int ReadRequestLength = ModbusFrame.HeaderLength + 5;

    private readonly ReadOnlyMemory<byte> _request;

    internal ModbusExchange(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> answer) => (_request, Answer) = (request, answer);

    /// <summary>The frame that the server would send.</summary>
    public ReadOnlyMemory<byte> Answer { get; }

    public byte Unit => ModbusFrame.Unit(_request.Span);

    /// <summary>Whether the device does what it was asked for.</summary>
    public bool IsGranted => ModbusFrame.Pdu(Answer.Span)[0] == Function;

    /// <summary>The table that was read, or null when the request was no read or the device refused it.</summary>
    public RegisterTable? Table => Function switch
    {
        ModbusFrame.ReadHolding when IsGranted => RegisterTable.Holding,
        ModbusFrame.ReadInput when IsGranted => RegisterTable.Input,
        _ => null,
    };

    /// <summary>First register that a read asked for; 0 for other functions.</summary>
    public ushort Address => IsRead ? BinaryPrimitives.ReadUInt16BigEndian(Data) : (ushort)0;

    /// <summary>Registers that a read asked for; all there are for other functions.</summary>
    public int Count => IsRead ? BinaryPrimitives.ReadUInt16BigEndian(Data[2..]) : 65536;

    private byte Function => ModbusFrame.Pdu(_request.Span)[0];

    private bool IsRead => Function is ModbusFrame.ReadHolding or ModbusFrame.ReadInput && _request.Length >= ReadRequestLength;

    private ReadOnlySpan<byte> Data => ModbusFrame.Pdu(_request.Span)[1..];

    /// <summary>A refusal of the request.</summary>
    public byte[] Refused(ModbusExceptionCode code)
    {
        var frame = new byte[ModbusFrame.HeaderLength + 2];
        ModbusFrame.WriteRefusal(frame, _request.Span, code);
        return frame;
    }

    /// <summary>The answer under the transaction before the request's own: one that came too late.</summary>
    public byte[] OfEarlierTransaction()
    {
        var frame = Answer.ToArray();
        BinaryPrimitives.WriteUInt16BigEndian(frame, unchecked((ushort)(ModbusFrame.Transaction(frame) - 1)));
        return frame;
    }

    /// <summary>The answer under the number of another unit.</summary>
    public byte[] OfNextUnit()
    {
        var frame = Answer.ToArray();
        frame[ModbusFrame.HeaderLength - 1] = unchecked((byte)(Unit + 1));
        return frame;
    }
}
