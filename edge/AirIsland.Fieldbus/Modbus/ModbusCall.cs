namespace AirIsland.Fieldbus.Modbus;

/// <summary>A request as a server heard it. Its bytes are valid until it was answered.</summary>
internal readonly record struct ModbusCall(ModbusFraming Framing, ushort Transaction, byte Unit, ReadOnlyMemory<byte> Pdu)
{
    public byte Function => Pdu.Span[0];

    /// <summary>The frame that carries this back to the client.</summary>
    public byte[] Frame(ReadOnlySpan<byte> pdu) =>
        Framing == ModbusFraming.Tcp ? ModbusFrame.Build(Transaction, Unit, pdu) : RtuFrame.Build(Unit, pdu);
}
