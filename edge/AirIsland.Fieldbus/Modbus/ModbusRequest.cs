using System.Buffers.Binary;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>One request of the client, and which answer belongs to it.</summary>
internal sealed class ModbusRequest
{
    private const int HeadLength = 5;

    private readonly byte[] _pdu;

    // Null for an identification: its length is written in the answer itself.
    private readonly int? _answerLength;

    private ModbusRequest(byte unit, byte[] pdu, int? answerLength) => (Unit, _pdu, _answerLength) = (unit, pdu, answerLength);

    public byte Unit { get; }

    public byte Function => _pdu[0];

    public ReadOnlySpan<byte> Pdu => _pdu;

    public bool Writes => ModbusFunction.Writes(Function);

    private bool Tells =>
        ModbusFunction.ReadsBits(Function) || ModbusFunction.ReadsRegisters(Function) || Function == ModbusFunction.ReadWrite;

    public static ModbusRequest Read(RegisterTable table, byte unit, ushort address, int count)
    {
        var function = table switch
        {
            RegisterTable.Holding => ModbusFunction.ReadHolding,
            RegisterTable.Input => ModbusFunction.ReadInput,
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, "Only holding and input registers are registers"),
        };
        CheckRange(address, count, ModbusFunction.MaxReadRegisters);
        return new ModbusRequest(unit, Head(function, address, (ushort)count), 2 + (2 * count));
    }

    public static ModbusRequest ReadBits(RegisterTable table, byte unit, ushort address, int count)
    {
        var function = table switch
        {
            RegisterTable.Coil => ModbusFunction.ReadCoils,
            RegisterTable.DiscreteInput => ModbusFunction.ReadDiscreteInputs,
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, "Only coils and discrete inputs are bits"),
        };
        CheckRange(address, count, ModbusFunction.MaxReadBits);
        return new ModbusRequest(unit, Head(function, address, (ushort)count), 2 + ModbusData.BytesOf(count));
    }

    public static ModbusRequest Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        CheckRange(address, values.Length, ModbusFunction.MaxWriteRegisters);
        if (values.Length == 1)
            return new ModbusRequest(unit, Head(ModbusFunction.WriteOne, address, values[0]), HeadLength);

        var pdu = Head(ModbusFunction.WriteMany, address, (ushort)values.Length, 1 + (2 * values.Length));
        pdu[HeadLength] = (byte)(2 * values.Length);
        ModbusData.WriteRegisters(pdu.AsSpan(HeadLength + 1), values);
        return new ModbusRequest(unit, pdu, HeadLength);
    }

    public static ModbusRequest WriteBits(byte unit, ushort address, ReadOnlySpan<bool> values)
    {
        CheckRange(address, values.Length, ModbusFunction.MaxWriteBits);
        if (values.Length == 1)
        {
            var one = Head(ModbusFunction.WriteCoil, address, values[0] ? ModbusFunction.CoilOn : (ushort)0);
            return new ModbusRequest(unit, one, HeadLength);
        }

        var pdu = Head(ModbusFunction.WriteCoils, address, (ushort)values.Length, 1 + ModbusData.BytesOf(values.Length));
        pdu[HeadLength] = (byte)ModbusData.BytesOf(values.Length);
        ModbusData.WriteBits(pdu.AsSpan(HeadLength + 1), values);
        return new ModbusRequest(unit, pdu, HeadLength);
    }

    public static ModbusRequest MaskWrite(byte unit, ushort address, ushort and, ushort or)
    {
        var pdu = Head(ModbusFunction.MaskWrite, address, and, 2);
        BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(HeadLength), or);
        return new ModbusRequest(unit, pdu, pdu.Length);
    }

    public static ModbusRequest ReadWrite(byte unit, ushort readAddress, int count, ushort writeAddress, ReadOnlySpan<ushort> values)
    {
        CheckRange(readAddress, count, ModbusFunction.MaxReadRegisters);
        CheckRange(writeAddress, values.Length, ModbusFunction.MaxReadWriteRegisters);
        var pdu = Head(ModbusFunction.ReadWrite, readAddress, (ushort)count, 5 + (2 * values.Length));
        BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(5), writeAddress);
        BinaryPrimitives.WriteUInt16BigEndian(pdu.AsSpan(7), (ushort)values.Length);
        pdu[9] = (byte)(2 * values.Length);
        ModbusData.WriteRegisters(pdu.AsSpan(10), values);
        return new ModbusRequest(unit, pdu, 2 + (2 * count));
    }

    public static ModbusRequest Identify(byte unit, ModbusIdentityLevel level, byte firstObject) =>
        new(unit, [ModbusFunction.Encapsulated, ModbusFunction.Identification, (byte)level, firstObject], null);

    /// <summary>Length of the granting answer that begins so; null when none does, or more of it must be heard to know.</summary>
    public int? AnswerLength(ReadOnlySpan<byte> begun) => begun[0] != Function ? null : _answerLength ?? IdentityAnswer.LengthOf(begun);

    /// <summary>Whether this answers the request, by all that the protocol gives: an old answer must never pass for a new one.</summary>
    public bool IsAnsweredBy(byte unit, ReadOnlySpan<byte> pdu)
    {
        if (unit != Unit)
            return false;
        if (pdu[0] == (Function | ModbusFunction.Refusal))
            return pdu.Length == 2;
        if (pdu[0] != Function || pdu.Length != AnswerLength(pdu))
            return false;
        if (Function == ModbusFunction.Encapsulated)
            return pdu[1..3].SequenceEqual(_pdu.AsSpan(1, 2));
        // A read tells its byte count; a write repeats address and value, or address and count.
        return Tells ? pdu[1] == pdu.Length - 2 : pdu[1..].SequenceEqual(_pdu.AsSpan(1, pdu.Length - 1));
    }

    /// <exception cref="ModbusException">The answer is a refusal.</exception>
    public void ThrowIfRefused(ReadOnlySpan<byte> pdu)
    {
        if (pdu[0] != Function)
            throw new ModbusException(Function, (ModbusExceptionCode)pdu[1]);
    }

    private static byte[] Head(byte function, ushort address, ushort second, int more = 0)
    {
        var pdu = new byte[HeadLength + more];
        ModbusData.WriteHead(pdu, function, address, second);
        return pdu;
    }

    private static void CheckRange(ushort address, int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Min(most, 65536 - address));
    }
}
