using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Replay;

/// <summary>The replayed devices behind one Modbus TCP port. All points of a read are of one row.</summary>
public sealed class ReplayGateway(Lock gate, IReadOnlyDictionary<byte, ReplayedDevice> units) : IModbusUnits
{
    public bool Serves(byte unit) => units.ContainsKey(unit);

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        lock (gate) units[unit].Read(table, address, into);
    }
}
