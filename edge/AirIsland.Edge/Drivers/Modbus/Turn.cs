namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>A device whose turn it is on its line, and the group to be asked.</summary>
internal readonly record struct Turn(ModbusDevice Device, PolledGroup Group);
