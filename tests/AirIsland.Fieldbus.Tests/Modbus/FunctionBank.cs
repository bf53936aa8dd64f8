using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>
/// Unit 1 with 2000 coils, discrete inputs, holding and input registers each, that can all be written where the protocol can, and a name.
/// Input register n holds n + 8000; discrete input n is set where n is a multiple of 3.
/// </summary>
internal sealed class FunctionBank : IModbusUnits
{
    public const int Size = 2000;

    public ushort[] Holding { get; } = new ushort[Size];

    public bool[] Coils { get; } = new bool[Size];

    public ModbusIdentity Identity { get; init; } = new(new Dictionary<byte, string>
    {
        [0] = "AirIsland",
        [1] = "BANK",
        [2] = "1.0",
        [4] = "气岛",
        [5] = "M",
        [0x80] = new string('x', 200),
        [0x81] = new string('y', 100),
    });

    public bool Serves(byte unit) => unit == 1;

    public void Read(RegisterTable table, byte unit, ushort address, Span<ushort> into)
    {
        Check(address, into.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = table == RegisterTable.Holding ? Holding[address + i] : (ushort)(address + i + 8000);
    }

    public void Write(byte unit, ushort address, ReadOnlySpan<ushort> values)
    {
        Check(address, values.Length);
        values.CopyTo(Holding.AsSpan(address));
    }

    public void ReadBits(RegisterTable table, byte unit, ushort address, Span<bool> into)
    {
        Check(address, into.Length);
        for (var i = 0; i < into.Length; i++)
            into[i] = table == RegisterTable.Coil ? Coils[address + i] : (address + i) % 3 == 0;
    }

    public void WriteBits(byte unit, ushort address, ReadOnlySpan<bool> values)
    {
        Check(address, values.Length);
        values.CopyTo(Coils.AsSpan(address));
    }

    ModbusIdentity? IModbusUnits.Identify(byte unit) => Identity;

    private static void Check(int address, int count)
    {
        if (address + count > Size)
            throw new ModbusException(0, ModbusExceptionCode.IllegalDataAddress);
    }
}
