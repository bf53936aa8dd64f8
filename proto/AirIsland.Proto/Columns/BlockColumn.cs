namespace AirIsland.Proto.Columns;

/// <summary>
/// The samples of one tag in a group. The three arrays have one entry a present row: the row's index into the group's instants, the
/// count (0 and meaningless where the quality is Bad), and the quality code.
/// </summary>
public sealed record BlockColumn(uint Tag, int[] Rows, long[] Counts, byte[] Qualities)
{
    /// <summary>Whether entry <paramref name="i"/> has a value. Bad samples have none.</summary>
    public bool HasValue(int i) => (Qualities[i] & 3) != 2;
}
