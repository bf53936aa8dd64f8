using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry;

namespace AirIsland.Cloud.Stations;

/// <summary>
/// A stored batch on its way to its station: its journal position, that of the batch before it, and the bytes as received, one call a
/// batch, never one a sample.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record StationBatch(
    [property: Id(0)] long Position, [property: Id(1)] long Previous, [property: Id(2)] string Catalogue, [property: Id(3)] BatchLane Lane,
    [property: Id(4)] long KnownAtMs, [property: Id(5)] BlockEncoding Encoding, [property: Id(6)] byte[] Payload);
