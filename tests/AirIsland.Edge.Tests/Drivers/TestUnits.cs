using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>The registers of a device on a Modbus server; reads beyond them are refused as by a real one.</summary>
internal sealed class TestUnits(params ushort[] registers) : IModbusUnits
{
    private int _reads;

    /// <summary>Discrete inputs, and as coils their opposites.</summary>
    public bool[] Bits { get; init; } = [];

    public int Reads => Volatile.Read(ref _reads);

    public bool Serves(byte unit) => unit == 1;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        if (address + into.Length > registers.Length) throw new ModbusException(3, ModbusExceptionCode.IllegalDataAddress);
        registers.AsSpan(address, into.Length).CopyTo(into);
        Interlocked.Increment(ref _reads);
    }

    public void ReadBits(RegisterTable table, byte unit, ushort address, Span<bool> into)
    {
        if (address + into.Length > Bits.Length) throw new ModbusException(1, ModbusExceptionCode.IllegalDataAddress);
        for (var i = 0; i < into.Length; i++) into[i] = Bits[address + i] == (table == RegisterTable.DiscreteInput);
        Interlocked.Increment(ref _reads);
    }
}
