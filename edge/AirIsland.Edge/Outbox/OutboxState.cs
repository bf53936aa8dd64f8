using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// How the outbox stands: what a commit wrote, as one immutable value. <see cref="Epoch"/> is the random id of this numbering;
/// <see cref="Measured"/> and <see cref="Bad"/> count samples since the file was made.
/// </summary>
public sealed record OutboxState(ulong Epoch, LaneState Live, LaneState Backfill, long Measured, long Bad)
{
    public LaneState this[Lane lane] => lane == Lane.Live ? Live : Backfill;

    public long Pending => Live.Pending + Backfill.Pending;

    public long PendingBytes => Live.PendingBytes + Backfill.PendingBytes;

    public long KeptBytes => Live.KeptBytes + Backfill.KeptBytes;

    public OutboxState With(Lane lane, LaneState state) => lane == Lane.Live ? this with { Live = state } : this with { Backfill = state };

    public OutboxStanding ToStanding()
    {
        var oldest = Math.Min(Live.OldestPending ?? long.MaxValue, Backfill.OldestPending ?? long.MaxValue);
        return new(Measured, Bad, Pending, PendingBytes + KeptBytes, oldest == long.MaxValue ? null : oldest);
    }
}
