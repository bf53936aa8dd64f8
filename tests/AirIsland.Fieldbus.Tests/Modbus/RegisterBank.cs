using System.Collections.Concurrent;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>Units for a server under test: registers are set one by one, and an address never set is illegal, as on real devices.</summary>
internal sealed class RegisterBank(params byte[] units) : IModbusUnits
{
    private readonly ConcurrentDictionary<(RegisterTable Table, byte Unit, int Address), ushort> _registers = new();

    public bool Serves(byte unit) => units.Contains(unit);

    public void Set(RegisterTable table, byte unit, int address, params ushort[] values)
    {
        for (var i = 0; i < values.Length; i++)
            _registers[(table, unit, address + i)] = values[i];
    }

    /// <summary>Encodes a value where the point lies.</summary>
    public void Set(byte unit, ProfilePoint point, decimal engineering)
    {
        var registers = new ushort[point.RegisterCount];
        PointCodec.Encode(point, engineering, registers);
        Set(point.Table, unit, point.Address, registers);
    }

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = _registers.TryGetValue((table, unit, address + i), out var value)
                ? value
                : throw new ModbusException(0, ModbusExceptionCode.IllegalDataAddress);
        }
    }
}
