namespace AirIsland.Edge.Outbox;

/// <summary>
/// What can be done to the outbox inside a commit: the file, its upkeep, its limits, and the clock and link that decide places.
/// </summary>
internal sealed class OutboxContents(OutboxFile file, OutboxUpkeep upkeep, OutboxOptions options, LinkState link, TimeProvider time)
    : IDisposable
{
    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Samples that limits gave up in the commit that runs.</summary>
    public long Dropped { get; private set; }

    public OutboxState Load() => file.Load();

    public IEnumerable<KeyValuePair<string, long>> LoadMarks() => file.LoadMarks();

    public OutboxState Commit(OutboxState state, Func<OutboxState, OutboxState> change)
    {
        Dropped = 0;
        return file.Commit(state, change);
    }

    public OutboxState Append(OutboxState state, SealedBatch batch) =>
        file.Append(state, link.IsUp ? Lane.Live : Lane.Backfill, batch, Now);

    public OutboxState Learn(OutboxState state, CatalogueContent catalogue)
    {
        file.Learn(catalogue);
        return state;
    }

    public OutboxState Acknowledge(OutboxState state, Lane lane, long sequence) => file.Acknowledge(state, lane, sequence);

    public OutboxState Resume(OutboxState state, Lane lane, long sequence) => file.Resume(state, lane, sequence);

    public OutboxState Reject(OutboxState state, Lane lane, long sequence, string reason) => upkeep.Reject(state, lane, sequence, reason);

    public OutboxState Fill(OutboxState state, Lane lane, long sequence) => upkeep.Fill(state, lane, sequence, Now);

    public OutboxState Renew(OutboxState state, Func<OutboxState, Lane, long> cut) => upkeep.Renew(state, cut, Now);

    /// <summary>Keeps what waits and what is kept within their limits.</summary>
    public OutboxState Limit(OutboxState state)
    {
        (state, var dropped) = upkeep.Drop(state, options.MaxPendingBytes);
        Dropped += dropped;
        return upkeep.Trim(state, Now - (long)options.KeepFor.TotalMilliseconds, options.MaxKeptBytes);
    }

    /// <summary>Gives up everything acknowledged: the way out of a full disk.</summary>
    public OutboxState MakeRoom(OutboxState state) => upkeep.Trim(state, long.MaxValue, 0);

    /// <summary>Brings the WAL into the file and gives its space back to the disk.</summary>
    public void Checkpoint() => OutboxSchema.Checkpoint(file.Connection);

    public void Dispose()
    {
        upkeep.Dispose();
        file.Dispose();
    }
}
