namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The samples of one series in a block: which rows of its instants have one (null: every row), the counts (0 where Bad), and the quality
/// codes (null: all Good).
/// </summary>
internal sealed record ColumnSamples(int Length, int[]? Rows, long[] Counts, byte[]? Qualities)
{
    public int RowOf(int i) => Rows is null ? i : Rows[i];

    public byte QualityOf(int i) => Qualities is null ? (byte)0 : Qualities[i];
}
