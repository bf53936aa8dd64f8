using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// One read: <see cref="Count"/> registers (or coils) from <see cref="Address"/> on, which hold <see cref="Points"/> whole, in their order.
/// </summary>
public sealed record ReadBlock(RegisterTable Table, ushort Address, int Count, IReadOnlyList<ProfilePoint> Points)
{
    /// <summary>The registers of one of its points, cut from those of the block; a coil is one of them, 0 or 1.</summary>
    public ReadOnlySpan<ushort> Slice(ProfilePoint point, ReadOnlySpan<ushort> registers)
    {
        ArgumentNullException.ThrowIfNull(point);
        return registers.Slice(point.Address - Address, point.RegisterCount);
    }

    /// <summary>
    /// Two reads of half its points each, without what was bridged between them; no value and no group that must be read together is
    /// parted. Null when there is nothing to part.
    /// </summary>
    public (ReadBlock First, ReadBlock Second)? Halves()
    {
        var atoms = ReadAtom.Of(Points);
        var half = atoms.Count / 2;
        return half == 0 ? null : (ReadAtom.Block(atoms[..half]), ReadAtom.Block(atoms[half..]));
    }
}
