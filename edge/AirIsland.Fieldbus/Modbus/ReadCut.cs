using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>No read goes on from below <paramref name="Address"/> to it: the device answers both sides, but not at once.</summary>
public readonly record struct ReadCut(RegisterTable Table, ushort Address);
