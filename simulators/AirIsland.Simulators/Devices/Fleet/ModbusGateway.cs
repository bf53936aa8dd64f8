using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>Several devices behind one Modbus TCP port, told apart by their unit number. All points of a read are of one instant.</summary>
public sealed class ModbusGateway(Lock gate, IReadOnlyDictionary<byte, ProfileDevice> units) : IModbusUnits
{
    public bool Serves(byte unit) => units.ContainsKey(unit);

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        lock (gate) units[unit].Read(table, address, into);
    }

    public void Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        lock (gate) units[unit].Write(address, values);
    }
}
