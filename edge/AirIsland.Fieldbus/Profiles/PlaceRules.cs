namespace AirIsland.Fieldbus.Profiles;

/// <summary>What the places of a device's points must keep against each other and against what it answers in one read.</summary>
internal static class PlaceRules
{
    /// <param name="profile">Its maxima must be sound.</param>
    /// <param name="points">As read.</param>
    /// <param name="mistakes">Found are added.</param>
    public static void Check(DeviceProfile profile, IReadOnlyCollection<PlacedPoint> points, List<string> mistakes)
    {
        var placed = points.Where(p => p.IsPlaced).OrderBy(p => p.Point.Table).ThenBy(p => p.Point.Address).ToList();
        CheckOverlaps(placed, mistakes);
        CheckSizes(profile, placed, mistakes);
        var bound = placed.Where(p => p.Point.ReadTogether is not null && p.Fields.Sound("readTogether"));
        foreach (var group in bound.GroupBy(p => p.Point.ReadTogether))
            CheckTogether(profile, $"readTogether {group.Key}", [.. group], placed, mistakes);
    }

    // Parts of one value may lie side by side in it; no bit of a device is two points.
    private static void CheckOverlaps(List<PlacedPoint> placed, List<string> mistakes)
    {
        for (var i = 1; i < placed.Count; i++)
        {
            var after = placed[i];
            if (placed.Take(i).LastOrDefault(before => Overlap(before.Point, after.Point)) is { } before)
                mistakes.Add($"{after.Place}: address {after.Point.Address} overlaps {before.Place}");
        }
    }

    private static bool Overlap(ProfilePoint before, ProfilePoint after)
    {
        if (before.Table != after.Table || End(before) <= after.Address || End(after) <= before.Address)
            return false;
        var isShared = before.Address == after.Address && before.RegisterCount == after.RegisterCount
            && RegisterOrders.AreSame(before.Order, after.Order, before.RegisterCount);
        return !(isShared && before.Bits is { } one && after.Bits is { } other && (one.Mask & other.Mask) == 0);
    }

    private static void CheckSizes(DeviceProfile profile, List<PlacedPoint> placed, List<string> mistakes)
    {
        foreach (var wide in placed.Where(p => p.Point.RegisterCount > profile.MaxRegisters && p.Point.Type != PointType.Bit))
        {
            mistakes.Add($"{wide.Place}: takes {wide.Point.RegisterCount} registers, the device answers {profile.MaxRegisters}");
        }
    }

    private static void CheckTogether(
        DeviceProfile profile, string name, IReadOnlyList<PlacedPoint> group, List<PlacedPoint> placed, List<string> mistakes)
    {
        var table = group[0].Point.Table;
        if (group.Any(p => p.Point.Table != table))
        {
            mistakes.Add($"{name}: its points lie in two tables");
            return;
        }

        if (group.Any(p => p.Point.Group != group[0].Point.Group))
            mistakes.Add($"{name}: its points are in two scan groups");
        var (first, end) = (group[0].Point.Address, group.Max(p => End(p.Point)));
        var most = table is RegisterTable.Coil or RegisterTable.DiscreteInput ? profile.MaxCoils : profile.MaxRegisters;
        if (end - first > most)
            mistakes.Add($"{name}: needs {end - first} at once, the device answers {most}");
        var places = group.Select(p => p.Point.Address).ToHashSet();
        var between = placed.Where(p => p.Point.Table == table && p.Point.Address < end && End(p.Point) > first);
        mistakes.AddRange(between.Where(p => !places.Contains(p.Point.Address)).Select(p => $"{name}: {p.Place} lies between its points"));
    }

    private static int End(ProfilePoint point) => point.Address + point.RegisterCount;
}
