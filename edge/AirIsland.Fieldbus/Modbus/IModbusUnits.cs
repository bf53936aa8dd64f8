using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>The devices behind a <see cref="ModbusServer"/>. Called by all its clients at once: must be safe for that.</summary>
public interface IModbusUnits
{
    /// <summary>Whether there is such a unit. One that does not exist is not answered for at all, as behind a gateway.</summary>
    bool Serves(byte unit);

    /// <summary>Fills <paramref name="into"/> with the registers from <paramref name="address"/> on.</summary>
    /// <exception cref="ModbusException">The unit refuses; the client is told the code.</exception>
    void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into);

    /// <summary>Takes all of <paramref name="values"/> into the holding registers from <paramref name="address"/> on, or none.</summary>
    /// <exception cref="ModbusException">The unit refuses; the client is told the code. Without writable registers: code 1.</exception>
    void Write(byte unit, ushort address, ReadOnlySpan<ushort> values) =>
        throw new ModbusException(ModbusFrame.WriteMany, ModbusExceptionCode.IllegalFunction);
}
