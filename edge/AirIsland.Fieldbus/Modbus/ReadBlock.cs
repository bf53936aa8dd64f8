using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// One read: <see cref="Count"/> registers from <see cref="Address"/> on, which hold <see cref="Points"/> whole, in their order.
/// </summary>
public sealed record ReadBlock(RegisterTable Table, ushort Address, int Count, IReadOnlyList<ProfilePoint> Points)
{
    /// <summary>The registers of one of its points, cut from those of the block.</summary>
    public ReadOnlySpan<ushort> Slice(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        ArgumentNullException.ThrowIfNull(point);
        return registers.Slice(point.Address - Address, point.RegisterCount);
    }
}
