using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// Groups points into the fewest reads. A read stays in one table, holds every point whole and every <c>readTogether</c> group whole, and
/// bridges a gap only when it is small and nothing else of the device lies in it.
/// </summary>
public static class BlockPlanner
{
    /// <summary>
    /// Plans <paramref name="wanted"/>, sorted by table and address; <paramref name="all"/> are the points of the device, whose
    /// unwanted ones are never bridged, unless they lie between points that must be read together.
    /// </summary>
    /// <exception cref="ArgumentException">A point or group is wider than a read or lies beyond address 65535.</exception>
    public static IReadOnlyList<ReadBlock> Plan(
        IReadOnlyCollection<ProfilePoint> wanted, IReadOnlyCollection<ProfilePoint> all, ReadLimits limits)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxRegisters, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxCoils, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNegative(limits.MaxGap, nameof(limits));
        var atoms = ReadAtom.Of(wanted);
        if (atoms.Find(a => a.End - a.Address > limits.Most(a.Table) || a.End > 65536) is { } wide)
            throw new ArgumentException($"{wide.Points[0].Name} does not fit into one read", nameof(wanted));

        var others = Others(wanted, all);
        var blocks = new List<ReadBlock>();
        var run = new List<ReadAtom>();
        foreach (var atom in atoms)
        {
            // Taking the next atom whenever it may be taken is optimal: whatever a read may hold, each part of it may be held too.
            if (run.Count > 0 && !Joins(run, atom, others, limits))
            {
                blocks.Add(ReadAtom.Block(run));
                run.Clear();
            }

            run.Add(atom);
        }

        if (run.Count > 0)
            blocks.Add(ReadAtom.Block(run));
        return blocks;
    }

    /// <summary>The same for registers, with the most and the gap that a device's maker names.</summary>
    /// <exception cref="ArgumentException">A point or group is wider than a read or lies beyond address 65535.</exception>
    public static IReadOnlyList<ReadBlock> Plan(
        IReadOnlyCollection<ProfilePoint> wanted, IReadOnlyCollection<ProfilePoint> all, int maxRegisters, int maxGap) =>
        Plan(wanted, all, new ReadLimits { MaxRegisters = maxRegisters, MaxGap = maxGap });

    // A point is known by its place: behind transformers it is another record.
    private static List<ProfilePoint> Others(IReadOnlyCollection<ProfilePoint> wanted, IReadOnlyCollection<ProfilePoint> all)
    {
        var places = wanted.Select(p => (p.Table, p.Address)).ToHashSet();
        return [.. all.Where(p => !places.Contains((p.Table, p.Address)))];
    }

    private static bool Joins(List<ReadAtom> run, ReadAtom next, List<ProfilePoint> others, ReadLimits limits)
    {
        var (first, end) = (run[0], run.Max(a => a.End));
        return next.Table == first.Table
            && next.Address - end <= limits.Gap(next.Table)
            && Math.Max(end, next.End) - first.Address <= limits.Most(next.Table)
            && !limits.Cuts.Any(c => c.Table == next.Table && c.Address >= end && c.Address <= next.Address)
            && !others.Exists(o => o.Table == next.Table && o.Address < next.Address && o.Address + o.RegisterCount > end);
    }
}
