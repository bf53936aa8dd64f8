using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>What one read of a device may hold.</summary>
public sealed record ReadLimits
{
    // An unused coil costs a bit, an unused register sixteen.
    private const int CoilsOfRegister = 16;

    /// <summary>Registers in one read, 1 to 125.</summary>
    public int MaxRegisters { get; init; } = 125;

    /// <summary>Coils or discrete inputs in one read, 1 to 2000.</summary>
    public int MaxCoils { get; init; } = 2000;

    /// <summary>Unused registers worth reading to save a request, from 0 on; sixteen times as many coils.</summary>
    public int MaxGap { get; init; } = 8;

    /// <summary>Where reads end, as <see cref="BlockSearch"/> found.</summary>
    public IReadOnlyCollection<ReadCut> Cuts { get; init; } = [];

    public static ReadLimits Of(DeviceProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new() { MaxRegisters = profile.MaxRegisters, MaxCoils = profile.MaxCoils, MaxGap = profile.MaxGap };
    }

    internal int Most(RegisterTable table) => IsOfBits(table) ? MaxCoils : MaxRegisters;

    internal int Gap(RegisterTable table) => IsOfBits(table) ? MaxGap * CoilsOfRegister : MaxGap;

    private static bool IsOfBits(RegisterTable table) => table is RegisterTable.Coil or RegisterTable.DiscreteInput;
}
