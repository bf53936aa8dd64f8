namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// What one scan group measured in one hour, merged: instants ascending, and each series' samples in the rows that have them.
/// </summary>
internal sealed record HourBlock(string Group, long[] Instants, IReadOnlyList<(long Series, ColumnSamples Samples)> Columns)
{
    /// <summary>
    /// Merges parts, those learned earlier first, keeping of each what lies in the hour. Nothing is left out: two samples of a series at
    /// one instant stay two, in the order in which they were learned.
    /// </summary>
    public static HourBlock? Merge(string group, IReadOnlyList<BlockPart> parts, long from, long to)
    {
        var rows = new List<(long At, int Part, int Row)>();
        for (var p = 0; p < parts.Count; p++)
        {
            var instants = parts[p].Instants;
            for (var r = 0; r < instants.Length; r++)
                if (instants[r] >= from && instants[r] < to) rows.Add((instants[r], p, r));
        }
        if (rows.Count == 0) return null;
        if (!IsAscending(rows)) rows.Sort();
        var merged = new long[rows.Count];
        var rowOf = parts.Select(p => new int[p.Instants.Length]).ToArray();
        foreach (var kept in rowOf) Array.Fill(kept, -1);
        for (var i = 0; i < merged.Length; i++)
        {
            var (at, part, row) = rows[i];
            merged[i] = at;
            rowOf[part][row] = i;
        }
        return new(group, merged, Merged(parts, rowOf, merged.Length));
    }

    private static List<(long Series, ColumnSamples Samples)> Merged(IReadOnlyList<BlockPart> parts, int[][] rowOf, int rowCount)
    {
        var bySeries = new Dictionary<long, MergedColumn>();
        for (var p = 0; p < parts.Count; p++)
        {
            foreach (var (series, samples) in parts[p].Columns)
            {
                if (!bySeries.TryGetValue(series, out var column)) bySeries[series] = column = new();
                column.Add(samples, rowOf[p]);
            }
        }
        return [.. bySeries.Where(c => c.Value.Length > 0).OrderBy(c => c.Key).Select(c => (c.Key, c.Value.Close(rowCount)))];
    }

    private static bool IsAscending(List<(long At, int Part, int Row)> rows)
    {
        for (var i = 1; i < rows.Count; i++)
            if (rows[i].At < rows[i - 1].At) return false;
        return true;
    }
}
