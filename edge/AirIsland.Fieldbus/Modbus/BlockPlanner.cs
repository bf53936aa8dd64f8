using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// Groups points into the fewest reads. A read stays in one table, holds every point whole, and bridges a gap only when it is small and
/// nothing else of the device lies in it.
/// </summary>
public static class BlockPlanner
{
    /// <summary>
    /// Plans <paramref name="wanted"/>, sorted by table and address; <paramref name="all"/> are the points of the device, whose
    /// unwanted ones are never bridged.
    /// </summary>
    /// <exception cref="ArgumentException">A point is wider than <paramref name="maxRegisters"/> or lies beyond address 65535.</exception>
    public static IReadOnlyList<ReadBlock> Plan(
        IReadOnlyCollection<ProfilePoint> wanted, IReadOnlyCollection<ProfilePoint> all, int maxRegisters, int maxGap)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentNullException.ThrowIfNull(all);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRegisters, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maxGap);
        foreach (var point in wanted.Where(p => p.RegisterCount > maxRegisters || End(p) > 65536))
            throw new ArgumentException($"{point.Name} does not fit into one read", nameof(wanted));

        var places = wanted.Select(p => (p.Table, p.Address)).ToHashSet();
        var others = all.Where(p => !places.Contains((p.Table, p.Address))).ToList();
        var blocks = new List<ReadBlock>();
        var run = new List<ProfilePoint>();
        foreach (var point in wanted.OrderBy(p => p.Table).ThenBy(p => p.Address))
        {
            // Taking the next point whenever it may be taken is optimal: whatever a read may hold, each part of it may be held too.
            if (run.Count > 0 && !Joins(run, point, others, maxRegisters, maxGap))
            {
                blocks.Add(Block(run));
                run.Clear();
            }

            run.Add(point);
        }

        if (run.Count > 0)
            blocks.Add(Block(run));
        return blocks;
    }

    private static bool Joins(List<ProfilePoint> run, ProfilePoint next, List<ProfilePoint> others, int maxRegisters, int maxGap)
    {
        var (first, end) = (run[0], run.Max(End));
        return next.Table == first.Table
            && next.Address - end <= maxGap
            && Math.Max(end, End(next)) - first.Address <= maxRegisters
            && !others.Exists(o => o.Table == next.Table && o.Address < next.Address && End(o) > end);
    }

    private static ReadBlock Block(List<ProfilePoint> run) =>
        new(run[0].Table, run[0].Address, run.Max(End) - run[0].Address, [.. run]);

    // An int: the end of a point at 65535 is no ushort any more.
    private static int End(ProfilePoint point) => point.Address + point.RegisterCount;
}
