using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// The devices behind a <see cref="ModbusServer"/>. Called by all its clients at once: must be safe for that. What a device does not have
/// is refused with code 1: each member beside <see cref="Serves"/> and <see cref="Read"/> does so unless it is implemented.
/// </summary>
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
        throw new ModbusException(ModbusFunction.WriteMany, ModbusExceptionCode.IllegalFunction);

    /// <summary>Fills <paramref name="into"/> with the coils or discrete inputs from <paramref name="address"/> on.</summary>
    /// <exception cref="ModbusException">The unit refuses; the client is told the code. Without bits: code 1.</exception>
    void ReadBits(RegisterTable table, byte unit, ushort address, Span<bool> into) =>
        throw new ModbusException(ModbusFunction.ReadCoils, ModbusExceptionCode.IllegalFunction);

    /// <summary>Takes all of <paramref name="values"/> into the coils from <paramref name="address"/> on, or none.</summary>
    /// <exception cref="ModbusException">The unit refuses; the client is told the code. Without writable coils: code 1.</exception>
    void WriteBits(byte unit, ushort address, ReadOnlySpan<bool> values) =>
        throw new ModbusException(ModbusFunction.WriteCoils, ModbusExceptionCode.IllegalFunction);

    /// <summary>
    /// Changes one holding register to (old and <paramref name="and"/>) or (<paramref name="or"/> and not <paramref name="and"/>). Unless
    /// implemented it is a read and a write, between which another client may come.
    /// </summary>
    /// <exception cref="ModbusException">The unit refuses; the client is told the code.</exception>
    void MaskWrite(byte unit, ushort address, ushort and, ushort or)
    {
        Span<ushort> register = [0];
        Read(RegisterTable.Holding, unit, address, register);
        Write(unit, address, [(ushort)((register[0] & and) | (or & ~and))]);
    }

    /// <summary>
    /// Writes all of <paramref name="values"/>, then fills <paramref name="into"/>, or does neither. Unless implemented it is a read that
    /// must succeed, a write and a read, between which another client may come.
    /// </summary>
    /// <exception cref="ModbusException">The unit refuses; the client is told the code.</exception>
    void ReadWrite(byte unit, ushort readAddress, Span<ushort> into, ushort writeAddress, ReadOnlySpan<ushort> values)
    {
        Read(RegisterTable.Holding, unit, readAddress, into);
        Write(unit, writeAddress, values);
        Read(RegisterTable.Holding, unit, readAddress, into);
    }

    /// <summary>What the unit says about itself; null when it has no such function.</summary>
    ModbusIdentity? Identify(byte unit) => null;
}
