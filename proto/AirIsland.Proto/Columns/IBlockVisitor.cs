namespace AirIsland.Proto.Columns;

/// <summary>
/// Who is shown a block's content in the order of its bytes, checked, without a copy being made: the spans are the reader's own and
/// stand for the call only. A group comes before its columns.
/// </summary>
public interface IBlockVisitor
{
    /// <summary>Instants are ms since 1970 UTC, ascending.</summary>
    void Group(string id, ReadOnlySpan<long> instants, BlockStamp? stamp);

    /// <summary>
    /// One tag's samples of the group before; see <see cref="BlockColumn"/>. As many rows as the group has instants: every row.
    /// </summary>
    void Column(uint tag, ReadOnlySpan<int> rows, ReadOnlySpan<long> counts, ReadOnlySpan<byte> qualities);

    void Gap(BlockGap gap);

    void ClockFix(BlockClockFix fix);
}
