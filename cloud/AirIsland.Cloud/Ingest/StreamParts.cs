using AirIsland.Cloud.Stations;
using AirIsland.Storage.Telemetry;

namespace AirIsland.Cloud.Ingest;

/// <summary>What every stream of an edge works with.</summary>
public sealed record StreamParts(ITelemetryStore Store, StationFeed Feed, IngestScope Scope);
