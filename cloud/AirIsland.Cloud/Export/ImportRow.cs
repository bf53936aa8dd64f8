using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary>One row of a file: its instant and a count a mapped column, null where there is none.</summary>
public sealed record ImportRow(Instant At, long?[] Counts);
