using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>One request of the client, and which answer belongs to it.</summary>
internal sealed class ModbusRequest
{
    private readonly byte[] _pdu;
    private readonly int _answerLength;

    private ModbusRequest(byte unit, byte[] pdu, int answerLength) => (Unit, _pdu, _answerLength) = (unit, pdu, answerLength);

    public byte Unit { get; }

    public byte Function => _pdu[0];

    public static ModbusRequest Read(RegisterTable table, byte unit, ushort address, int count)
    {
        var function = table switch
        {
            RegisterTable.Holding => ModbusFrame.ReadHolding,
            RegisterTable.Input => ModbusFrame.ReadInput,
            _ => throw new ArgumentOutOfRangeException(nameof(table), table, "Only holding and input registers are read"),
        };
        CheckRange(address, count, ModbusFrame.MaxReadRegisters);
        var pdu = new byte[5];
        ModbusFrame.WriteHead(pdu, function, address, (ushort)count);
        return new ModbusRequest(unit, pdu, 2 + (2 * count));
    }

    public static ModbusRequest Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        CheckRange(address, values.Length, ModbusFrame.MaxWriteRegisters);
        if (values.Length == 1)
        {
            var one = new byte[5];
            ModbusFrame.WriteHead(one, ModbusFrame.WriteOne, address, values[0]);
            return new ModbusRequest(unit, one, 5);
        }

        var many = new byte[6 + (2 * values.Length)];
        ModbusFrame.WriteHead(many, ModbusFrame.WriteMany, address, (ushort)values.Length);
        many[5] = (byte)(2 * values.Length);
        ModbusFrame.WriteRegisters(many.AsSpan(6), values);
        return new ModbusRequest(unit, many, 5);
    }

    /// <summary>Writes the frame; returns its length.</summary>
    public int WriteTo(Span<byte> frame, ushort transaction)
    {
        _pdu.CopyTo(frame[ModbusFrame.HeaderLength..]);
        return ModbusFrame.WriteHeader(frame, transaction, Unit, _pdu.Length);
    }

    /// <summary>Whether a frame answers this request, by all that the protocol gives: an old one must never pass for a new one.</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> frame, ushort transaction)
    {
        if (ModbusFrame.Transaction(frame) != transaction || ModbusFrame.Protocol(frame) != 0 || ModbusFrame.Unit(frame) != Unit)
            return false;
        var pdu = ModbusFrame.Pdu(frame);
        if (pdu[0] == (Function | ModbusFrame.ExceptionFlag))
            return pdu.Length == 2;
        if (pdu[0] != Function || pdu.Length != _answerLength)
            return false;
        // A read tells its byte count; a write repeats address and value, or address and count.
        return Function is ModbusFrame.ReadHolding or ModbusFrame.ReadInput
            ? pdu[1] == _answerLength - 2
            : pdu[1..].SequenceEqual(_pdu.AsSpan(1, 4));
    }

    /// <summary>The registers of an answer; none for a write.</summary>
    /// <exception cref="ModbusException">The answer is a refusal.</exception>
    public ushort[] Registers(ReadOnlySpan<byte> frame)
    {
        var pdu = ModbusFrame.Pdu(frame);
        if ((pdu[0] & ModbusFrame.ExceptionFlag) != 0)
            throw new ModbusException(Function, (ModbusExceptionCode)pdu[1]);
        return Function is ModbusFrame.ReadHolding or ModbusFrame.ReadInput ? ModbusFrame.ReadRegisters(pdu[2..]) : [];
    }

    private static void CheckRange(ushort address, int count, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Math.Min(most, 65536 - address));
    }
}
