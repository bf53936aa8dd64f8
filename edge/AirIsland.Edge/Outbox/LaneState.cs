namespace AirIsland.Edge.Outbox;

/// <summary>
/// One lane: it keeps the batches <see cref="Oldest"/> to <see cref="Appended"/> without a hole, and the cloud has all up to
/// <see cref="Acknowledged"/>. Bytes are of payloads.
/// </summary>
public sealed record LaneState(long Oldest, long Acknowledged, long Appended, long KeptBytes, long PendingBytes)
{
    public static LaneState Empty { get; } = new(1, 0, 0, 0, 0);

    /// <summary>When the oldest batch that is not acknowledged was appended (ms since 1970 UTC); null when none is.</summary>
    public long? OldestPending { get; init; }

    /// <summary>
    /// The last number there was when the file was opened, until it has agreed with the cloud: what the cloud has beyond it, a damaged or
    /// older file has lost. Null after that.
    /// </summary>
    public long? Opened { get; init; }

    /// <summary>Batches not acknowledged.</summary>
    public long Pending => Appended - Acknowledged;
}
