using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// How the outbox stands: what a commit wrote, as one immutable value. <see cref="Epoch"/> is the random id of this numbering;
/// <see cref="Measured"/> and <see cref="Bad"/> count samples since the file was made.
/// </summary>
public sealed record OutboxState(ulong Epoch, LaneState Live, LaneState Backfill, long Measured, long Bad)
{
    /// <summary>Backfill numbers, by content, of the batches that may still grow; 0: none. Known to this process alone.</summary>
    private long LevelsTail { get; init; }

    private long RegistersTail { get; init; }

    public LaneState this[Lane lane] => lane == Lane.Live ? Live : Backfill;

    public long Pending => Live.Pending + Backfill.Pending;

    public long PendingBytes => Live.PendingBytes + Backfill.PendingBytes;

    public long KeptBytes => Live.KeptBytes + Backfill.KeptBytes;

    /// <summary>When the oldest batch that is not acknowledged was appended (ms since 1970 UTC); null when none is.</summary>
    public long? OldestPending
    {
        get
        {
            var oldest = Math.Min(Live.OldestPending ?? long.MaxValue, Backfill.OldestPending ?? long.MaxValue);
            return oldest == long.MaxValue ? null : oldest;
        }
    }

    public OutboxState With(Lane lane, LaneState state) => lane == Lane.Live ? this with { Live = state } : this with { Backfill = state };

    /// <summary>Number of the last backfill batch of that content, when this process appended it; else 0.</summary>
    internal long Tail(ScanContent content) => content == ScanContent.Levels ? LevelsTail : RegistersTail;

    /// <summary>The batch was appended last to the backfill lane.</summary>
    internal OutboxState WithTail(SealedBatch batch) => batch switch
    {
        { Block: null } => this,
        { Content: ScanContent.Levels } => this with { LevelsTail = Backfill.Appended },
        _ => this with { RegistersTail = Backfill.Appended },
    };

    internal OutboxState WithoutTails() => this with { LevelsTail = 0, RegistersTail = 0 };

    public OutboxStanding ToStanding() => new(Measured, Bad, Pending, PendingBytes + KeptBytes, OldestPending);
}
