namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>Samples of a scan group that came together: instants (ms since 1970 UTC, ascending) and the columns of its series.</summary>
internal sealed record BlockPart(long[] Instants, IReadOnlyList<(long Series, ColumnSamples Samples)> Columns);
