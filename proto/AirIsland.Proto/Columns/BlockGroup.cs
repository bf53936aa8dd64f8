namespace AirIsland.Proto.Columns;

/// <summary>One scan group: its instants (ms since 1970 UTC, ascending) and the columns that share them.</summary>
public sealed record BlockGroup(string Id, long[] Instants, IReadOnlyList<BlockColumn> Columns);
