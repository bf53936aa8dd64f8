using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>The registers of a device on a Modbus server; reads beyond them are refused as by a real one.</summary>
internal sealed class TestUnits(params ushort[] registers) : IModbusUnits
{
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public bool Serves(byte unit) => unit == 1;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        if (address + into.Length > registers.Length) throw new ModbusException(3, ModbusExceptionCode.IllegalDataAddress);
        registers.AsSpan(address, into.Length).CopyTo(into);
        Interlocked.Increment(ref _reads);
    }
}
