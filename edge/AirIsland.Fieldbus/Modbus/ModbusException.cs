namespace AirIsland.Fieldbus.Modbus;

/// <summary>The device answered, and refused: the connection is sound and the next request may follow.</summary>
public sealed class ModbusException(byte function, ModbusExceptionCode code)
    : Exception($"The device refused function {function}: {code} ({(int)code})")
{
    public byte Function { get; } = function;

    public ModbusExceptionCode Code { get; } = code;
}
