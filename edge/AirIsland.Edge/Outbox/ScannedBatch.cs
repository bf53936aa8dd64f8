namespace AirIsland.Edge.Outbox;

/// <summary>A sound row of a damaged file, with the place it says it has.</summary>
internal sealed record ScannedBatch(Lane Lane, long Sequence, BatchRow Row);
