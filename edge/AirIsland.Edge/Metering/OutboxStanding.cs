namespace AirIsland.Edge.Metering;

/// <summary>
/// How the outbox stands after a commit. <see cref="Measured"/> and <see cref="Bad"/> count samples since the file was made and survive a
/// kill; <see cref="Pending"/> counts batches that are not acknowledged, <see cref="Bytes"/> every payload that is kept;
/// <see cref="OldestPending"/> is when the oldest of the pending was appended (ms since 1970 UTC; null when none is).
/// </summary>
public sealed record OutboxStanding(long Measured, long Bad, long Pending, long Bytes, long? OldestPending)
{
    public static OutboxStanding Empty { get; } = new(0, 0, 0, 0, null);
}
