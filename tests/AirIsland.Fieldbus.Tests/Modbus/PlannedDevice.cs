using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using CsCheck;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>Points of a device in any of the four tables, near address 0 or up to address 65535, and those that are wanted of it.</summary>
internal sealed record PlannedDevice(List<ProfilePoint> All, List<ProfilePoint> Wanted, ReadLimits Limits)
{
    private static readonly PointType[] Types = [PointType.UInt16, PointType.UInt32, PointType.Float64];

    /// <summary>A step is a point after the last one of its table: in its register, read together with it, or neither.</summary>
    private static readonly Gen<Step> AnyStep =
        from gap in Gen.Int[0, 5]
        from type in Gen.OneOf(Types)
        from table in Gen.Enum<RegisterTable>()
        from bind in Gen.Int[0, 5]
        from wanted in Gen.Int[0, 3]
        select new Step(gap, type, table, bind == 0, bind == 1, wanted > 0);

    public static readonly Gen<PlannedDevice> Any =
        from high in Gen.Bool
        from steps in AnyStep.Array[1, 6]
        from most in Gen.Select(Gen.Int[4, 14], Gen.Int[1, 14])
        from gap in Gen.Int[0, 6]
        from cuts in Gen.Select(Gen.Enum<RegisterTable>(), Gen.Int[0, 20]).Array[0, 3]
        select Build(high, steps, new ReadLimits { MaxRegisters = most.Item1, MaxCoils = most.Item2, MaxGap = gap }, cuts);

    public int Most(RegisterTable table) => IsOfBits(table) ? Limits.MaxCoils : Limits.MaxRegisters;

    public int Gap(RegisterTable table) => IsOfBits(table) ? 16 * Limits.MaxGap : Limits.MaxGap;

    /// <summary>Points that no read may hold: not wanted, in no wanted register, and not between points that belong together.</summary>
    public List<ProfilePoint> Strangers() =>
    [
        .. All.Where(p => !Wanted.Exists(w => w.Table == p.Table && w.Address == p.Address)
            && !(p.ReadTogether is { } group
                && Wanted.Exists(w => w.ReadTogether == group && w.Address < p.Address)
                && Wanted.Exists(w => w.ReadTogether == group && w.Address > p.Address))),
    ];

    /// <summary>Whether one request can give every wanted group.</summary>
    public bool IsPossible() => Wanted.GroupBy(p => p.ReadTogether ?? p.Name)
        .All(g => g.Max(End) - g.Min(p => p.Address) <= Most(g.First().Table));

    /// <summary>Whether a read may go on from one of its points to the next: the gap is small and uncut, or both belong together.</summary>
    public bool MayGoOn(ProfilePoint from, ProfilePoint to) =>
        (from.ReadTogether is { } group && group == to.ReadTogether)
        || from.Address == to.Address
        || (to.Address - End(from) <= Gap(from.Table)
            && !Limits.Cuts.Any(c => c.Table == from.Table && c.Address >= End(from) && c.Address <= to.Address));

    public static int End(ProfilePoint point) => point.Address + point.RegisterCount;

    public static ProfilePoint Point(string name, RegisterTable table, int address, PointType type = PointType.UInt16) => new()
    {
        Name = name,
        Group = "fast",
        Kind = PointKind.Level,
        Medium = "air",
        Unit = "1",
        Resolution = 1,
        Table = table,
        Address = (ushort)address,
        Type = type,
    };

    private static bool IsOfBits(RegisterTable table) => table is RegisterTable.Coil or RegisterTable.DiscreteInput;

    private static PlannedDevice Build(bool high, Step[] steps, ReadLimits limits, (RegisterTable Table, int Address)[] cuts)
    {
        var all = new List<ProfilePoint>();
        foreach (var step in steps)
        {
            var last = all.FindLastIndex(p => p.Table == step.Table);
            var type = IsOfBits(step.Table) ? PointType.Bit : step.Type;
            var next = Point($"P{all.Count}", step.Table, step.Gap + (last < 0 ? 0 : End(all[last])), type);
            if (step.Shares && last >= 0 && !IsOfBits(step.Table))
                next = next with { Address = all[last].Address, Type = all[last].Type, ReadTogether = all[last].ReadTogether };
            else if (step.Together && last >= 0 && all.Count(p => p.Table == step.Table && p.Address == all[last].Address) == 1)
                (all[last], next) = Bind(all[last], next);
            all.Add(next);
        }

        var shift = high ? 65_536 - all.Max(End) : 0;
        all = [.. all.Select(p => p with { Address = (ushort)(p.Address + shift) })];
        limits = limits with { Cuts = [.. cuts.Select(c => new ReadCut(c.Table, (ushort)Math.Min(c.Address + shift, ushort.MaxValue)))] };
        return new PlannedDevice(all, [.. all.Where((_, i) => steps[i].Wanted).Reverse()], limits);
    }

    private static (ProfilePoint Last, ProfilePoint Next) Bind(ProfilePoint last, ProfilePoint next)
    {
        var group = last.ReadTogether ?? $"with {last.Name}";
        return (last with { ReadTogether = group }, next with { ReadTogether = group });
    }

    private sealed record Step(int Gap, PointType Type, RegisterTable Table, bool Shares, bool Together, bool Wanted);
}
