using AirIsland.Edge.Metering;
using AirIsland.Proto.Columns;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// The outbox's writing connection. Every operation takes the state before it and returns the state after it; only what
/// <see cref="Commit"/> brought to the disk counts. Not thread-safe.
/// </summary>
internal sealed class OutboxFile : IDisposable
{
    private readonly SqliteConnection _db;
    private byte[] _catalogue = [];
    private readonly Statement _begin, _commit, _rollback, _insert, _mark, _forget, _lane, _meta, _bytes, _age;

    public OutboxFile(string path, long? maxBytes, CatalogueContent catalogue)
    {
        _db = OutboxSchema.OpenWriter(path, maxBytes);
        Learn(catalogue);
        _begin = new(_db, "BEGIN IMMEDIATE");
        _commit = new(_db, "COMMIT");
        _rollback = new(_db, "ROLLBACK");
        _insert = new(_db, "INSERT INTO batch VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
        _mark = new(_db, "INSERT INTO recent SELECT ?1, coalesce(max(number), 0) + 1, ?2 FROM recent WHERE key = ?1");
        _forget = new(_db, $"""
            DELETE FROM recent
            WHERE key = ?1 AND number <= (SELECT max(number) FROM recent WHERE key = ?1) - {RecentInstants.Capacity}
            """);
        _lane = new(_db, """
            UPDATE lane SET oldest = ?2, acknowledged = ?3, appended = ?4, kept_bytes = ?5, pending_bytes = ?6 WHERE lane = ?1
            """);
        _meta = new(_db, "UPDATE meta SET epoch = ?1, measured = ?2, bad = ?3");
        _bytes = new(_db, "SELECT coalesce(sum(length(payload)), 0) FROM batch WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3");
        _age = new(_db, "SELECT appended FROM batch WHERE lane = ?1 AND sequence = ?2");
    }

    public SqliteConnection Connection => _db;

    /// <summary>Runs <paramref name="change"/> and makes it durable, all of it or nothing.</summary>
    /// <exception cref="SqliteException">The disk did not take it; nothing has changed.</exception>
    public OutboxState Commit(OutboxState state, Func<OutboxState, OutboxState> change)
    {
        try
        {
            _begin.Run();
            var next = change(state);
            foreach (var lane in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill])
            {
                if (next[lane] != state[lane]) next = next.With(lane, Save(lane, next[lane]));
            }
            if ((next.Epoch, next.Measured, next.Bad) != (state.Epoch, state.Measured, state.Bad))
                _meta.Run(unchecked((long)next.Epoch), next.Measured, next.Bad);
            _commit.Run();
            return next;
        }
        finally
        {
            // Autocommit is back after a commit, and after those failures that SQLite rolls back by itself.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_db.Handle) == 0) _rollback.Run();
        }
    }

    public OutboxState Load()
    {
        using var meta = new Statement(_db, "SELECT epoch, measured, bad FROM meta");
        using var row = meta.Query();
        row.Read();
        return new(unchecked((ulong)row.GetInt64(0)), LoadLane(Lane.Live), LoadLane(Lane.Backfill), row.GetInt64(1), row.GetInt64(2));
    }

    public IEnumerable<KeyValuePair<string, long>> LoadMarks()
    {
        using var marks = new Statement(_db, "SELECT key, source_time FROM recent ORDER BY key, number");
        using var rows = marks.Query();
        while (rows.Read()) yield return new(rows.GetString(0), rows.GetInt64(1));
    }

    /// <summary>The batch takes the lane's next number.</summary>
    public OutboxState Append(OutboxState state, Lane lane, SealedBatch batch, long now)
    {
        foreach (var receipt in batch.Receipts)
        {
            if (receipt.SourceTime is not { } time) continue;
            _mark.Run(receipt.Key, time);
            _forget.Run(receipt.Key);
        }
        if (batch.Block is not { } block) return state;
        state = Append(state, lane, batch.Catalogue, batch.Content, block, now);
        return state with { Measured = state.Measured + block.PointCount, Bad = state.Bad + batch.Bad };
    }

    /// <summary>The cloud has everything up to that number.</summary>
    public OutboxState Acknowledge(OutboxState state, Lane lane, long sequence)
    {
        var s = state[lane];
        sequence = Math.Min(sequence, s.Appended);
        return sequence > s.Acknowledged ? Resume(state, lane, sequence) : state;
    }

    /// <summary>The cloud's watermark is that number, wherever the cursor was: what lies above it waits again.</summary>
    public OutboxState Resume(OutboxState state, Lane lane, long sequence)
    {
        var s = state[lane];
        if (sequence == s.Acknowledged) return state;
        var forward = sequence > s.Acknowledged;
        var moved = forward ? Bytes(lane, s.Acknowledged + 1, sequence) : -Bytes(lane, sequence + 1, s.Acknowledged);
        return state.With(lane, s with { Acknowledged = sequence, KeptBytes = s.KeptBytes + moved, PendingBytes = s.PendingBytes - moved });
    }

    /// <summary>Keeps a catalogue: batches will name it.</summary>
    public void Learn(CatalogueContent catalogue)
    {
        using var known = new Statement(_db, "INSERT INTO catalogue VALUES (?1, ?2) ON CONFLICT DO NOTHING");
        known.Run(catalogue.Id, catalogue.Canonical);
        _catalogue = catalogue.Id;
    }

    /// <summary>A block that names no tags, under the catalogue in use.</summary>
    public void Insert(Lane lane, long sequence, ScanContent content, EncodedBlock block, long now) =>
        Insert(lane, sequence, _catalogue, content, block, now);

    /// <summary>Payload of a stretch of a lane, both ends inclusive.</summary>
    public long Bytes(Lane lane, long first, long last) => _bytes.Number((long)lane, first, last) ?? 0;

    public void Dispose()
    {
        foreach (var statement in
            (ReadOnlySpan<Statement>)[_begin, _commit, _rollback, _insert, _mark, _forget, _lane, _meta, _bytes, _age])
            statement.Dispose();
        _db.Dispose();
    }

    private OutboxState Append(OutboxState state, Lane lane, byte[] catalogue, ScanContent content, EncodedBlock block, long now)
    {
        var s = state[lane];
        Insert(lane, s.Appended + 1, catalogue, content, block, now);
        return state.With(lane, s with { Appended = s.Appended + 1, PendingBytes = s.PendingBytes + block.Payload.Length });
    }

    private void Insert(Lane lane, long sequence, byte[] catalogue, ScanContent content, EncodedBlock block, long now) => _insert.Run(
        (long)lane, sequence, catalogue, (long)content, now,
        (long)block.PointCount, block.From, block.To, (long)block.Crc32C, (long)block.Encoding,
        block.Payload);

    private LaneState Save(Lane lane, LaneState s)
    {
        _lane.Run((long)lane, s.Oldest, s.Acknowledged, s.Appended, s.KeptBytes, s.PendingBytes);
        return s with { OldestPending = s.Pending == 0 ? null : _age.Number((long)lane, s.Acknowledged + 1) };
    }

    private LaneState LoadLane(Lane lane)
    {
        using var select = new Statement(_db, "SELECT * FROM lane WHERE lane = ?1");
        using var row = select.Query((long)lane);
        row.Read();
        var s = new LaneState(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));
        return s with { OldestPending = s.Pending == 0 ? null : _age.Number((long)lane, s.Acknowledged + 1) };
    }
}
