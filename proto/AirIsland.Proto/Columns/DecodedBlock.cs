namespace AirIsland.Proto.Columns;

/// <summary>A column block, decoded and checked.</summary>
public sealed record DecodedBlock(
    IReadOnlyList<BlockGroup> Groups, IReadOnlyList<BlockGap> Gaps, IReadOnlyList<BlockClockFix> ClockFixes)
{
    public int PointCount => Groups.Sum(g => g.Columns.Sum(c => c.Rows.Length));
}
