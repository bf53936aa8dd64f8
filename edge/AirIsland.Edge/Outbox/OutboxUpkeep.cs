using System.Globalization;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// What happens to batches already in the file: old ones are deleted, unwanted ones go aside, and a new epoch numbers them anew. Runs
/// inside <see cref="OutboxFile.Commit"/>.
/// </summary>
internal sealed class OutboxUpkeep : IDisposable
{
    // Work on one commit is bounded; the rest follows with the next ones.
    private const int Chunk = 256;

    private const int MostAside = 1000;

    private readonly OutboxFile _file;
    private readonly BatchRewriter _rewriter;
    private readonly ExpiredIndex _expired;
    private readonly Statement _kept, _delete, _aside, _forget, _negate, _renumber;

    public OutboxUpkeep(OutboxFile file, BatchRewriter rewriter)
    {
        _file = file;
        _rewriter = rewriter;
        var db = file.Connection;
        _expired = new(db);
        _kept = new(db, """
            SELECT sequence, appended, length(payload), first, last, points FROM batch
            WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3 ORDER BY sequence LIMIT ?4
            """);
        _delete = new(db, "DELETE FROM batch WHERE lane = ?1 AND sequence <= ?2");
        _aside = new(db, """
            INSERT INTO aside SELECT ?3, lane, sequence, ?4, catalogue, content, points, encoding, payload
            FROM batch WHERE lane = ?1 AND sequence = ?2
            """);
        _forget = new(db, $"DELETE FROM aside WHERE rowid <= (SELECT max(rowid) FROM aside) - {MostAside}");
        _negate = new(db, "UPDATE batch SET sequence = ?2 - sequence WHERE lane = ?1");
        db.CreateFunction("head", (object?[] row) => HeadOf(row), isDeterministic: true);
        _renumber = new(db, """
            UPDATE batch SET sequence = -sequence,
                head = head(lane, -sequence, catalogue, content, appended, points, first, last, crc, encoding, thinned)
            WHERE lane = ?1
            """);
    }

    /// <summary>Deletes acknowledged batches appended before <paramref name="before"/> and those that are too many, oldest first.</summary>
    public OutboxState Trim(OutboxState state, long before, long maxBytes)
    {
        state = Trim(state, Lane.Backfill, before, maxBytes);
        return Trim(state, Lane.Live, before, maxBytes);
    }

    /// <summary>Puts a batch aside that the cloud cannot decode; a gap takes its number.</summary>
    public OutboxState Reject(OutboxState state, Lane lane, long sequence, string reason, long now)
    {
        if (!PutAside(state, lane, sequence, reason)) return state;
        return _rewriter.ReplaceByGap(state, lane, sequence, "rejected", now).State;
    }

    /// <summary>Puts a batch aside whose catalogue is lost, so that nobody can read it; a gap takes its number.</summary>
    public OutboxState Uncatalogue(OutboxState state, Lane lane, long sequence, long now) =>
        PutAside(state, lane, sequence, "its catalogue is lost") ? _rewriter.Uncatalogue(state, lane, sequence, now) : state;

    /// <summary>
    /// A new epoch: what each lane keeps above <paramref name="cut"/> is numbered from 1 and waits again. Where the lane no longer keeps
    /// what follows the cut, the first number is a gap.
    /// </summary>
    public OutboxState Renew(OutboxState state, Func<OutboxState, Lane, long> cut, long now)
    {
        foreach (var lane in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill])
            state = state.With(lane, Renew(lane, state[lane], cut(state, lane), now));
        return state.WithoutTails() with { Epoch = OutboxSchema.NewEpoch() };
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_kept, _delete, _aside, _forget, _negate, _renumber]) statement.Dispose();
        _expired.Dispose();
    }

    // As BatchRow makes it.
    private static long HeadOf(object?[] row) =>
        RowCheck.Of(row[2] as byte[], [.. row.Where((_, i) => i != 2).Select(v => Convert.ToInt64(v, CultureInfo.InvariantCulture))]);

    private bool PutAside(OutboxState state, Lane lane, long sequence, string reason)
    {
        if (sequence < state[lane].Oldest || sequence > state[lane].Appended) return false;
        _aside.Run((long)lane, sequence, unchecked((long)state.Epoch), reason);
        _forget.Run();
        return true;
    }

    private OutboxState Trim(OutboxState state, Lane lane, long before, long maxBytes)
    {
        var s = state[lane];
        if (s.Oldest > s.Acknowledged) return state;
        var (cut, freed, expired, kept) = (s.Oldest - 1, 0L, new List<Expired>(), state.KeptBytes);
        using (var rows = _kept.Query((long)lane, s.Oldest, s.Acknowledged, (long)Chunk))
        {
            while (rows.Read() && (kept - freed > maxBytes || rows.Whole(1) < before))
            {
                cut = rows.Whole(0);
                freed += rows.Whole(2);
                expired.Add(Expired.Batch(cut, rows.Whole(3), rows.Whole(4), rows.Whole(5)));
            }
        }
        if (expired.Count == 0) return state;
        _delete.Run((long)lane, cut);
        foreach (var stretch in expired.Chunk(ExpiredIndex.BatchesInAStretch)) _expired.Add(lane, stretch);
        return state.With(lane, s with { Oldest = cut + 1, KeptBytes = s.KeptBytes - freed });
    }

    private LaneState Renew(Lane lane, LaneState s, long cut, long now)
    {
        var hole = _expired.Above(lane, cut);
        // What the cloud has is not kept under old numbers; a cloud put back to before the new epoch must still learn that it was there.
        _expired.Restart(lane, Expired.Join(_expired.UpTo(lane, cut), _rewriter.Span(lane, s.Oldest, cut)));
        if (cut >= s.Oldest) _delete.Run((long)lane, cut);
        var first = Math.Max(cut + 1, s.Oldest);
        var shift = hole is null ? 0 : 1;
        // Through negative numbers: one step could meet a number not yet moved.
        _negate.Run((long)lane, first - 1 - shift);
        _renumber.Run((long)lane);
        if (hole is not null)
        {
            var gap = BatchRewriter.BlockOf(new([], hole.From, hole.To, "no longer kept", (ulong)hole.Points));
            _file.Insert(lane, 1, ScanContent.Levels, gap, now);
        }
        var count = s.Appended - first + 1 + shift;
        return LaneState.Empty with { Appended = count, PendingBytes = _file.Bytes(lane, 1, count) };
    }
}
