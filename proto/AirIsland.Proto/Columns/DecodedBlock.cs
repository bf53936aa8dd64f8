namespace AirIsland.Proto.Columns;

/// <summary>A column block, decoded and checked.</summary>
public sealed record DecodedBlock(IReadOnlyList<BlockGroup> Groups, IReadOnlyList<BlockGap> Gaps)
{
    public int PointCount => Groups.Sum(g => g.Columns.Sum(c => c.Rows.Length));
}
