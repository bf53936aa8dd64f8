namespace AirIsland.Proto.Columns;

/// <summary>
/// One scan group: its instants (ms since 1970 UTC, ascending) and the columns that share them. With a stamp, they are of a clock of the
/// edge that it did not believe.
/// </summary>
public sealed record BlockGroup(string Id, long[] Instants, IReadOnlyList<BlockColumn> Columns, BlockStamp? Stamp = null);
