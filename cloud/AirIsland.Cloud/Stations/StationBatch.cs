namespace AirIsland.Cloud.Stations;

/// <summary>
/// A stored batch on its way to its station: its journal position, that of the batch before it, and what of it can be the latest. One call
/// a batch, never one a sample; whoever wants the rest has the journal.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record StationBatch(
    [property: Id(0)] long Position, [property: Id(1)] long Previous, [property: Id(2)] string Catalogue, [property: Id(3)] long KnownAtMs,
    [property: Id(4)] IReadOnlyList<NewestSample> Newest);
