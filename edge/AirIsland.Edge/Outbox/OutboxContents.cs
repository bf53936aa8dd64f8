namespace AirIsland.Edge.Outbox;

/// <summary>
/// What can be done to the outbox inside a commit: the file, its upkeep, its limits, and the clock and link that decide places.
/// </summary>
internal sealed class OutboxContents : IDisposable
{
    private readonly OutboxFile _file;
    private readonly OutboxOptions _options;
    private readonly LinkState _link;
    private readonly TimeProvider _time;
    private readonly BatchRewriter _rewriter;
    private readonly OutboxUpkeep _upkeep;
    private readonly OutboxLimits _limits;
    private readonly BackfillTail _tail;
    private readonly AgeClock _age;
    private bool _mayGrow;

    public OutboxContents(OutboxFile file, OutboxOptions options, LinkState link, TimeProvider time)
    {
        (_file, _options, _link, _time) = (file, options, link, time);
        _age = new(file, options.MaxPendingAge + options.KeepFor, time);
        _rewriter = new(file);
        _upkeep = new(file, _rewriter);
        _limits = new(file, _rewriter);
        _tail = new(_rewriter, options.BackfillPoints);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Samples that limits gave up in the commit that runs.</summary>
    public long Dropped { get; private set; }

    public OutboxState Load() => _file.Load();

    public IEnumerable<(string Key, long Time, long Content)> LoadMarks() => _file.LoadMarks();

    /// <summary>
    /// While the link is down nobody reads a batch of the backfill lane between the look at whether it was read and the commit that adds
    /// to it.
    /// </summary>
    public OutboxState Commit(OutboxState state, Func<OutboxState, OutboxState> change)
    {
        Dropped = 0;
        _mayGrow = false;
        if (_link.IsUp) return _file.Commit(state, change);
        lock (_link.Reading)
        {
            _mayGrow = true;
            return _file.Commit(state, change);
        }
    }

    public OutboxState Append(OutboxState state, SealedBatch batch)
    {
        if (_link.IsUp) return _file.Append(state, Lane.Live, batch, Now);
        return _mayGrow && state.Tail(batch.Content) > _link.ReadUpTo && _tail.TryGrow(state, batch, _file) is { } grown
            ? grown
            : _file.Append(state, Lane.Backfill, batch, Now).WithTail(batch);
    }

    public OutboxState Learn(OutboxState state, CatalogueContent catalogue)
    {
        _file.Learn(catalogue);
        return state;
    }

    public OutboxState Acknowledge(OutboxState state, Lane lane, long sequence) => _file.Acknowledge(state, lane, sequence);

    /// <summary>File and cloud have the same history.</summary>
    public static OutboxState Agree(OutboxState state) =>
        state with { Live = state.Live with { Opened = null }, Backfill = state.Backfill with { Opened = null } };

    public OutboxState Resume(OutboxState state, Lane lane, long sequence) => _file.Resume(state, lane, sequence);

    public OutboxState Reject(OutboxState state, Lane lane, long sequence, string reason) =>
        _upkeep.Reject(state, lane, sequence, reason, Now);

    public OutboxState Uncatalogue(OutboxState state, Lane lane, long sequence) => _upkeep.Uncatalogue(state, lane, sequence, Now);

    public OutboxState Fill(OutboxState state, Lane lane, long sequence) => _rewriter.Fill(state, lane, sequence, Now);

    public OutboxState Renew(OutboxState state, Func<OutboxState, Lane, long> cut) => _upkeep.Renew(state, cut, Now);

    /// <summary>Keeps what waits and what is kept within their limits.</summary>
    public OutboxState Limit(OutboxState state)
    {
        var (now, steady) = (Now, _age.Now);
        (state, var old) = _limits.Age(state, steady - (long)_options.MaxPendingAge.TotalMilliseconds, now);
        (state, var dropped) = _limits.Drop(state, _options.MaxPendingBytes, now);
        Dropped += old + dropped;
        return _upkeep.Trim(state, steady - (long)_options.KeepFor.TotalMilliseconds, _options.MaxKeptBytes);
    }

    /// <summary>Gives up everything acknowledged: the way out of a full disk.</summary>
    public OutboxState MakeRoom(OutboxState state) => _upkeep.Trim(state, long.MaxValue, 0);

    /// <summary>Brings the WAL into the file and gives its space back to the disk.</summary>
    public void Checkpoint() => OutboxSchema.Checkpoint(_file.Connection);

    public void Dispose()
    {
        _limits.Dispose();
        _upkeep.Dispose();
        _rewriter.Dispose();
        _file.Dispose();
    }
}
