using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// What happens to batches already in the file: old ones are deleted, ones too many or unwanted become gaps, and a new epoch numbers
/// them anew. Runs inside <see cref="OutboxFile.Commit"/>.
/// </summary>
internal sealed class OutboxUpkeep : IDisposable
{
    // Work on one commit is bounded; the rest follows with the next ones.
    private const int Chunk = 256;

    private readonly OutboxFile _file;
    private readonly ExpiredIndex _expired;
    private readonly Statement _kept, _delete, _droppable, _batch, _replace, _aside, _span, _negate, _renumber;

    public OutboxUpkeep(OutboxFile file)
    {
        _file = file;
        var db = file.Connection;
        _expired = new(db);
        _kept = new(db, """
            SELECT sequence, appended, length(payload), first, last, points FROM batch
            WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3 ORDER BY sequence LIMIT ?4
            """);
        _delete = new(db, "DELETE FROM batch WHERE lane = ?1 AND sequence <= ?2");
        _droppable = new(db, """
            SELECT lane, sequence FROM batch
            WHERE points > 0 AND content = ?1 AND ((lane = 1 AND sequence > ?2) OR (lane = 2 AND sequence > ?3)) ORDER BY appended LIMIT ?4
            """);
        _batch = new(db, "SELECT first, last, points, encoding, payload FROM batch WHERE lane = ?1 AND sequence = ?2");
        _replace = new(db, """
            UPDATE batch SET points = 0, first = ?3, last = ?4, crc = ?5, encoding = ?6, payload = ?7 WHERE lane = ?1 AND sequence = ?2
            """);
        _aside = new(db, """
            INSERT INTO aside SELECT ?3, lane, sequence, ?4, catalogue, content, points, encoding, payload
            FROM batch WHERE lane = ?1 AND sequence = ?2
            """);
        _span = new(db, """
            SELECT min(first), max(last), coalesce(sum(points), 0) FROM batch WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3
            """);
        _negate = new(db, "UPDATE batch SET sequence = ?2 - sequence WHERE lane = ?1");
        _renumber = new(db, "UPDATE batch SET sequence = -sequence WHERE lane = ?1");
    }

    /// <summary>Deletes acknowledged batches appended before <paramref name="before"/> and those that are too many, oldest first.</summary>
    public OutboxState Trim(OutboxState state, long before, long maxBytes)
    {
        state = Trim(state, Lane.Backfill, before, maxBytes);
        return Trim(state, Lane.Live, before, maxBytes);
    }

    /// <summary>
    /// Turns waiting batches into gaps, oldest first and levels before registers, until what waits fits. Returns the samples given up.
    /// </summary>
    public (OutboxState State, long Dropped) Drop(OutboxState state, long maxBytes)
    {
        if (state.PendingBytes <= maxBytes) return (state, 0);
        // Some room at once, so that the next batch does not have to ask again.
        var (enough, dropped) = (maxBytes - (maxBytes / 20), 0L);
        foreach (var content in (ReadOnlySpan<ScanContent>)[ScanContent.Levels, ScanContent.Registers])
        {
            for (var found = Droppable(state, content); found.Count > 0 && state.PendingBytes > enough; found = Droppable(state, content))
            {
                foreach (var (lane, sequence) in found.TakeWhile(_ => state.PendingBytes > enough))
                {
                    (state, var points) = ReplaceByGap(state, lane, sequence, "outbox full");
                    dropped += points;
                }
            }
        }
        return (state, dropped);
    }

    /// <summary>Puts a batch aside that the cloud cannot decode; a gap takes its number.</summary>
    public OutboxState Reject(OutboxState state, Lane lane, long sequence, string reason)
    {
        if (sequence < state[lane].Oldest || sequence > state[lane].Appended) return state;
        _aside.Run((long)lane, sequence, unchecked((long)state.Epoch), reason);
        (state, _) = ReplaceByGap(state, lane, sequence, "rejected");
        return state;
    }

    /// <summary>Puts a gap in the place of a batch whose row is gone, so that the lane goes on.</summary>
    public OutboxState Fill(OutboxState state, Lane lane, long sequence, long now)
    {
        using (var row = _batch.Query((long)lane, sequence))
        {
            if (row.Read()) return state;
        }
        var (before, after) = (Span(lane, 0, sequence), Span(lane, sequence, long.MaxValue));
        var (from, to) = (before?.To ?? after?.From ?? now, after?.From ?? before?.To ?? now);
        var block = GapBlock(new([], Math.Min(from, to), Math.Max(from, to) + 1, "missing in the outbox", 0));
        _file.Insert(lane, sequence, ScanContent.Levels, block, now);
        var s = state[lane];
        var size = block.Payload.Length;
        return state.With(lane, sequence > s.Acknowledged
            ? s with { PendingBytes = s.PendingBytes + size }
            : s with { KeptBytes = s.KeptBytes + size });
    }

    /// <summary>
    /// A new epoch: what each lane keeps above <paramref name="cut"/> is numbered from 1 and waits again. Where the lane no longer keeps
    /// what follows the cut, the first number is a gap.
    /// </summary>
    public OutboxState Renew(OutboxState state, Func<OutboxState, Lane, long> cut, long now)
    {
        foreach (var lane in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill])
            state = state.With(lane, Renew(lane, state[lane], cut(state, lane), now));
        return state with { Epoch = OutboxSchema.NewEpoch() };
    }

    public void Dispose()
    {
        foreach (var statement in
            (ReadOnlySpan<Statement>)[_kept, _delete, _droppable, _batch, _replace, _aside, _span, _negate, _renumber])
            statement.Dispose();
        _expired.Dispose();
    }

    private OutboxState Trim(OutboxState state, Lane lane, long before, long maxBytes)
    {
        var s = state[lane];
        if (s.Oldest > s.Acknowledged) return state;
        var (cut, freed, expired, kept) = (s.Oldest - 1, 0L, new List<Expired>(), state.KeptBytes);
        using (var rows = _kept.Query((long)lane, s.Oldest, s.Acknowledged, (long)Chunk))
        {
            while (rows.Read() && (kept - freed > maxBytes || rows.GetInt64(1) < before))
            {
                cut = rows.GetInt64(0);
                freed += rows.GetInt64(2);
                expired.Add(Expired.Batch(cut, rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)));
            }
        }
        if (expired.Count == 0) return state;
        _delete.Run((long)lane, cut);
        foreach (var stretch in expired.Chunk(ExpiredIndex.BatchesInAStretch)) _expired.Add(lane, stretch);
        return state.With(lane, s with { Oldest = cut + 1, KeptBytes = s.KeptBytes - freed });
    }

    private List<(Lane Lane, long Sequence)> Droppable(OutboxState state, ScanContent content)
    {
        var found = new List<(Lane, long)>(Chunk);
        using var rows = _droppable.Query((long)content, state.Live.Acknowledged, state.Backfill.Acknowledged, (long)Chunk);
        while (rows.Read()) found.Add(((Lane)rows.GetInt64(0), rows.GetInt64(1)));
        return found;
    }

    private (OutboxState State, long Points) ReplaceByGap(OutboxState state, Lane lane, long sequence, string reason)
    {
        var (gap, size) = GapFor(lane, sequence, reason);
        var block = GapBlock(gap);
        _replace.Run((long)lane, sequence, block.From, block.To, (long)block.Crc32C, (long)block.Encoding, block.Payload);
        var s = state[lane];
        var grown = block.Payload.Length - size;
        s = sequence > s.Acknowledged ? s with { PendingBytes = s.PendingBytes + grown } : s with { KeptBytes = s.KeptBytes + grown };
        return (state.With(lane, s), (long)gap.Count);
    }

    private (BlockGap Gap, long Size) GapFor(Lane lane, long sequence, string reason)
    {
        using var row = _batch.Query((long)lane, sequence);
        row.Read();
        var payload = row.GetFieldValue<byte[]>(4);
        var tags = Tags(payload, (BlockEncoding)row.GetInt64(3));
        return (new(tags, row.GetInt64(0), row.GetInt64(1) + 1, reason, (ulong)row.GetInt64(2)), payload.Length);
    }

    private static EncodedBlock GapBlock(BlockGap gap)
    {
        var builder = new BlockBuilder();
        builder.Add(gap);
        return builder.Encode();
    }

    // A rejected batch may be one that cannot be decoded here either; its gap then names no tags.
    private static uint[] Tags(byte[] payload, BlockEncoding encoding)
    {
        try
        {
            return [.. BlockReader.Read(payload, encoding).Groups.SelectMany(g => g.Columns).Select(c => c.Tag).Distinct().Order()];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private Expired? Span(Lane lane, long first, long last)
    {
        using var row = _span.Query((long)lane, first, last);
        return row.Read() && !row.IsDBNull(0) ? Expired.Batch(last, row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)) : null;
    }

    private LaneState Renew(Lane lane, LaneState s, long cut, long now)
    {
        var hole = _expired.Above(lane, cut);
        // What the cloud has is not kept under old numbers; a cloud put back to before the new epoch must still learn that it was there.
        _expired.Restart(lane, Expired.Join(_expired.UpTo(lane, cut), Span(lane, s.Oldest, cut)));
        if (cut >= s.Oldest) _delete.Run((long)lane, cut);
        var first = Math.Max(cut + 1, s.Oldest);
        var shift = hole is null ? 0 : 1;
        // Through negative numbers: one step could meet a number not yet moved.
        _negate.Run((long)lane, first - 1 - shift);
        _renumber.Run((long)lane);
        if (hole is not null)
        {
            var gap = GapBlock(new([], hole.From, hole.To, "no longer kept", (ulong)hole.Points));
            _file.Insert(lane, 1, ScanContent.Levels, gap, now);
        }
        var count = s.Appended - first + 1 + shift;
        return LaneState.Empty with { Appended = count, PendingBytes = _file.Bytes(lane, 1, count) };
    }
}
