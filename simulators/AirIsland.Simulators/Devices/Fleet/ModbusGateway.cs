using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>Several devices behind one Modbus TCP port, told apart by their unit number. All points of a read are of one instant.</summary>
public sealed class ModbusGateway(Lock gate, IReadOnlyDictionary<byte, FleetDevice> units) : IModbusUnits
{
    public bool Serves(byte unit) => units.ContainsKey(unit);

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        lock (gate) units[unit].Device.Read(table, address, into);
    }

    public void Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        lock (gate)
        {
            // What nobody can reach takes nothing either; the refusal is as silent as the device.
            if (!units[unit].Sends.Answers) throw new ModbusException(ProfileDevice.WriteFunction, ModbusExceptionCode.ServerDeviceFailure);
            units[unit].Device.Write(address, values);
        }
    }
}
