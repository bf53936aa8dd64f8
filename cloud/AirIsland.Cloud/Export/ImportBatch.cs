using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry;

namespace AirIsland.Cloud.Export;

/// <summary>A batch of an import, in its turn.</summary>
public sealed record ImportBatch(BatchContent Content, EncodedBlock Block);
