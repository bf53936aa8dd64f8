namespace AirIsland.Storage.Telemetry;

/// <summary>How far a lane of an epoch is durable, and the CRC32C of the batch at that number.</summary>
public readonly record struct StoredWatermark(BatchLane Lane, ulong Sequence, uint Crc32C);
