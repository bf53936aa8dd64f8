using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Simulators.Devices;

/// <summary>What stands behind the writable points of a device. Called under the plant's lock only.</summary>
public interface ISettable
{
    /// <summary>Takes all of these values, in engineering units by point name and each within its point's range, or none.</summary>
    /// <exception cref="ModbusException">It cannot take them; nothing is changed.</exception>
    void Take(IReadOnlyDictionary<string, decimal> values);
}
