using System.Buffers.Binary;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>A request that a server has taken and the answer it has for it, as frames. Valid while the answer is being carried.</summary>
public readonly struct ModbusExchange
{
    private const int ReadLength = 5;

    private readonly ModbusCall _call;
    private readonly byte[] _answer;

    internal ModbusExchange(ModbusCall call, byte[] answer) => (_call, _answer, Answer) = (call, answer, call.Frame(answer));

    /// <summary>The frame that the server would send.</summary>
    public ReadOnlyMemory<byte> Answer { get; }

    public byte Unit => _call.Unit;

    /// <summary>Whether the device does what it was asked for.</summary>
    public bool IsGranted => _answer[0] == _call.Function;

    /// <summary>The table that was read, or null when the request was no read or the device refused it.</summary>
    public RegisterTable? Table => _call.Function switch
    {
        ModbusFunction.ReadHolding when IsGranted => RegisterTable.Holding,
        ModbusFunction.ReadInput when IsGranted => RegisterTable.Input,
        ModbusFunction.ReadCoils when IsGranted => RegisterTable.Coil,
        ModbusFunction.ReadDiscreteInputs when IsGranted => RegisterTable.DiscreteInput,
        _ => null,
    };

    /// <summary>First register or bit that a read asked for; 0 for other functions.</summary>
    public ushort Address => IsRead ? BinaryPrimitives.ReadUInt16BigEndian(Data) : (ushort)0;

    /// <summary>Registers or bits that a read asked for; all there are for other functions.</summary>
    public int Count => IsRead ? BinaryPrimitives.ReadUInt16BigEndian(Data[2..]) : 65536;

    private bool IsRead =>
        (ModbusFunction.ReadsRegisters(_call.Function) || ModbusFunction.ReadsBits(_call.Function)) && _call.Pdu.Length >= ReadLength;

    private ReadOnlySpan<byte> Data => _call.Pdu.Span[1..];

    /// <summary>A refusal of the request.</summary>
    public byte[] Refused(ModbusExceptionCode code) => _call.Frame([(byte)(_call.Function | ModbusFunction.Refusal), (byte)code]);

    /// <summary>The answer under the transaction before this one's: one that came too late. RTU has none: the answer as it is.</summary>
    public byte[] OfEarlierTransaction() => (_call with { Transaction = unchecked((ushort)(_call.Transaction - 1)) }).Frame(_answer);

    /// <summary>The answer under the number of another unit.</summary>
    public byte[] OfNextUnit() => (_call with { Unit = unchecked((byte)(Unit + 1)) }).Frame(_answer);
}
