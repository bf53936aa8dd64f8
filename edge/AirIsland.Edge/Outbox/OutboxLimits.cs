using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Keeps what waits within its bytes and its age. For want of room it first makes it thinner, then gives it up; oldest first, levels
/// before registers, and what is younger than an hour last. Runs inside <see cref="OutboxFile.Commit"/>.
/// </summary>
internal sealed class OutboxLimits : IDisposable
{
    private const int Chunk = 64;
    private const long Recent = 3_600_000;

    // In this order: nothing is given up before everything is thin.
    private static readonly (ScanContent Content, bool IsThinned)[] Worth =
    [
        (ScanContent.Levels, false), (ScanContent.Registers, false), (ScanContent.Levels, true), (ScanContent.Registers, true),
    ];

    private readonly BatchRewriter _rewriter;
    private readonly Statement _oldest;
    private readonly Dictionary<ScanContent, BatchThinner> _thinners = new()
    {
        [ScanContent.Levels] = new(),
        [ScanContent.Registers] = new(),
    };

    public OutboxLimits(OutboxFile file, BatchRewriter rewriter)
    {
        _rewriter = rewriter;
        _oldest = new(file.Connection, """
            SELECT lane, sequence FROM batch
            WHERE points > 0 AND content = ?1 AND thinned = ?2 AND appended < ?3 AND appended >= ?7
                AND ((lane = 1 AND sequence > ?4) OR (lane = 2 AND sequence > ?5))
            ORDER BY appended LIMIT ?6
            """);
    }

    /// <summary>
    /// Gives up what waits since before <paramref name="before"/>, a bounded number of batches a commit. Returns the samples given up.
    /// </summary>
    public (OutboxState State, long Dropped) Age(OutboxState state, long before, long now)
    {
        if (state.OldestPending is not { } oldest || oldest >= before) return (state, 0);
        var dropped = 0L;
        foreach (var (content, isThinned) in Worth)
        {
            foreach (var (lane, sequence) in Oldest(state, content, isThinned, AgeClock.Dated, before))
            {
                (state, var points) = _rewriter.ReplaceByGap(state, lane, sequence, "too old", now);
                dropped += points;
            }
        }
        return (state, dropped);
    }

    /// <summary>
    /// Makes room until what waits is well below <paramref name="maxBytes"/>: a bounded number of batches a commit as long as it is within
    /// them, else as many as it takes. Returns the samples given up.
    /// </summary>
    public (OutboxState State, long Dropped) Drop(OutboxState state, long maxBytes, long now)
    {
        var (enough, budget, dropped) = (maxBytes - (maxBytes / 20), Chunk, 0L);
        foreach (var before in (ReadOnlySpan<long>)[now - Recent, long.MaxValue])
        {
            foreach (var (content, isThinned) in Worth)
            {
                while (state.PendingBytes > enough && Oldest(state, content, isThinned, long.MinValue, before) is { Count: > 0 } found)
                {
                    foreach (var (lane, sequence) in found)
                    {
                        if (state.PendingBytes <= (budget > 0 ? enough : maxBytes)) return (state, dropped);
                        budget--;
                        (state, var points) = GiveUp(state, lane, sequence, isThinned ? null : _thinners[content], now);
                        dropped += points;
                    }
                }
            }
        }
        return (state, dropped);
    }

    public void Dispose() => _oldest.Dispose();

    private (OutboxState State, long Points) GiveUp(OutboxState state, Lane lane, long sequence, BatchThinner? thinner, long now)
    {
        if (thinner is not null && _rewriter.Read(lane, sequence) is { } row && thinner.Thin(row) is var (thin, lost))
            return (_rewriter.Replace(state, lane, sequence, thin), lost);
        return _rewriter.ReplaceByGap(state, lane, sequence, "outbox full", now);
    }

    private List<(Lane Lane, long Sequence)> Oldest(OutboxState state, ScanContent content, bool isThinned, long since, long before)
    {
        var found = new List<(Lane, long)>(Chunk);
        using var rows = _oldest.Query(
            (long)content, isThinned ? 1L : 0L, before, state.Live.Acknowledged, state.Backfill.Acknowledged, (long)Chunk, since);
        while (rows.Read()) found.Add(((Lane)rows.Whole(0), rows.Whole(1)));
        return found;
    }
}
