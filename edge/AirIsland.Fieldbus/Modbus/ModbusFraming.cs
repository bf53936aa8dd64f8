namespace AirIsland.Fieldbus.Modbus;

/// <summary>What lies around the function and its data on a line.</summary>
public enum ModbusFraming
{
    /// <summary>Transaction, protocol 0, length, unit: Modbus TCP.</summary>
    Tcp,

    /// <summary>Unit before and CRC-16 behind: serial lines, and gateways that pass serial bytes through.</summary>
    Rtu,
}
