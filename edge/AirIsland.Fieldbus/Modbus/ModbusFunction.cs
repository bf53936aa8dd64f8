namespace AirIsland.Fieldbus.Modbus;

/// <summary>The functions that are spoken here, by their codes, and the most that each may carry.</summary>
internal static class ModbusFunction
{
    public const byte ReadCoils = 1;
    public const byte ReadDiscreteInputs = 2;
    public const byte ReadHolding = 3;
    public const byte ReadInput = 4;
    public const byte WriteCoil = 5;
    public const byte WriteOne = 6;
    public const byte WriteCoils = 15;
    public const byte WriteMany = 16;
    public const byte MaskWrite = 22;
    public const byte ReadWrite = 23;
    public const byte Encapsulated = 43;

    /// <summary>The one kind of encapsulated request spoken here: device identification.</summary>
    public const byte Identification = 14;

    /// <summary>Set in the function of a refusal.</summary>
    public const byte Refusal = 0x80;

    public const int MaxReadRegisters = 125;
    public const int MaxWriteRegisters = 123;
    public const int MaxReadWriteRegisters = 121;
    public const int MaxReadBits = 2000;
    public const int MaxWriteBits = 1968;

    public const ushort CoilOn = 0xFF00;

    public static bool ReadsBits(byte function) => function is ReadCoils or ReadDiscreteInputs;

    public static bool ReadsRegisters(byte function) => function is ReadHolding or ReadInput;

    public static bool Writes(byte function) => !ReadsBits(function) && !ReadsRegisters(function) && function != Encapsulated;
}
