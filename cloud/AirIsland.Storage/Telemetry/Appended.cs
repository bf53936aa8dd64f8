namespace AirIsland.Storage.Telemetry;

/// <summary>
/// The answer to an append: what became of it, the lane's watermark afterwards, and for a stored batch its journal position and that of
/// the batch before it of the same station (0: none).
/// </summary>
public readonly record struct Appended(AppendStatus Status, ulong Watermark, long Position, long Previous, string? Reason);
