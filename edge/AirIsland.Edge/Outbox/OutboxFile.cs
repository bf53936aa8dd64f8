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
        try
        {
            Learn(catalogue);
        }
        catch
        {
            _db.Dispose();
            throw;
        }
        _begin = new(_db, "BEGIN IMMEDIATE");
        _commit = new(_db, "COMMIT");
        _rollback = new(_db, "ROLLBACK");
        _insert = new(_db, "INSERT INTO batch VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
        _mark = new(_db, "INSERT INTO recent SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM recent WHERE key = ?1");
        _forget = new(_db, $"""
            DELETE FROM recent
            WHERE key = ?1 AND number <= (SELECT max(number) FROM recent WHERE key = ?1) - {RecentInstants.Capacity}
            """);
        _lane = new(_db, """
            UPDATE lane SET oldest = ?2, acknowledged = ?3, appended = ?4, kept_bytes = ?5, pending_bytes = ?6, opened = ?7, head = ?8
            WHERE lane = ?1
            """);
        _meta = new(_db, "UPDATE meta SET epoch = ?1, measured = ?2, bad = ?3, head = ?4");
        _bytes = new(_db, "SELECT coalesce(sum(length(payload)), 0) FROM batch WHERE lane = ?1 AND sequence BETWEEN ?2 AND ?3");
        _age = new(_db, "SELECT appended FROM batch WHERE lane = ?1 AND sequence = ?2");
    }

    public SqliteConnection Connection => _db;

    /// <summary>Id of the catalogue in use.</summary>
    public byte[] Catalogue => _catalogue;

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
                _meta.Run(unchecked((long)next.Epoch), next.Measured, next.Bad, OutboxPlaces.HeadOf(next));
            _commit.Run();
            return next;
        }
        finally
        {
            // Autocommit is back after a commit, and after those failures that SQLite rolls back by itself.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_db.Handle) == 0) _rollback.Run();
        }
    }

    /// <summary>As the file was left. What the cloud has beyond that, the file has lost.</summary>
    /// <exception cref="OutboxDamagedException">Epoch or places are not what was written.</exception>
    public OutboxState Load()
    {
        var state = OutboxPlaces.Load(_db);
        foreach (var lane in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill]) state = state.With(lane, Opened(lane, state[lane]));
        return state;
    }

    public IEnumerable<(string Key, long Time, long Content)> LoadMarks()
    {
        using var marks = new Statement(_db, "SELECT key, source_time, content FROM recent ORDER BY key, number");
        using var rows = marks.Query();
        while (rows.Read()) yield return (rows.Text(0), rows.Whole(1), rows.Whole(2));
    }

    /// <summary>The batch takes the lane's next number.</summary>
    public OutboxState Append(OutboxState state, Lane lane, SealedBatch batch, long now)
    {
        if (batch.Block is { } block)
        {
            var s = state[lane];
            Insert(lane, s.Appended + 1, new(batch.Catalogue, batch.Content, now, block, IsThinned: false));
            state = state.With(lane, s with { Appended = s.Appended + 1, PendingBytes = s.PendingBytes + block.Payload.Length });
        }
        return Count(state, batch);
    }

    /// <summary>Takes down what a batch brings beside its block: source marks, and how many samples there were.</summary>
    public OutboxState Count(OutboxState state, SealedBatch batch)
    {
        foreach (var receipt in batch.Receipts)
        {
            if (receipt.SourceTime is not { } time) continue;
            _mark.Run(receipt.Key, time, receipt.Content);
            _forget.Run(receipt.Key);
        }
        var points = batch.Block?.PointCount ?? 0;
        return state with { Measured = state.Measured + points, Bad = state.Bad + batch.Bad };
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
        using var known = new Statement(_db, """
            INSERT INTO catalogue VALUES (?1, ?2) ON CONFLICT(id) DO UPDATE SET content = excluded.content WHERE content <> excluded.content
            """);
        known.Run(catalogue.Id, catalogue.Canonical);
        _catalogue = catalogue.Id;
    }

    /// <summary>A block that names no tags, under the catalogue in use.</summary>
    public void Insert(Lane lane, long sequence, ScanContent content, EncodedBlock block, long now) =>
        Insert(lane, sequence, new(_catalogue, content, now, block, IsThinned: false));

    public void Insert(Lane lane, long sequence, BatchRow row) => _insert.Run(
        (long)lane, sequence, row.Catalogue, (long)row.Content, row.Appended,
        (long)row.Block.PointCount, row.Block.From, row.Block.To, (long)row.Block.Crc32C, (long)row.Block.Encoding,
        row.Block.Payload, row.IsThinned ? 1L : 0L, row.Head(lane, sequence));

    /// <summary>Payload of a stretch of a lane, both ends inclusive.</summary>
    public long Bytes(Lane lane, long first, long last) => _bytes.Number((long)lane, first, last) ?? 0;

    public void Dispose()
    {
        foreach (var statement in
            (ReadOnlySpan<Statement>)[_begin, _commit, _rollback, _insert, _mark, _forget, _lane, _meta, _bytes, _age])
            statement.Dispose();
        _db.Dispose();
    }

    private LaneState Opened(Lane lane, LaneState s)
    {
        using var ends = new Statement(_db, "SELECT min(sequence), max(sequence) FROM batch WHERE lane = ?1");
        using var row = ends.Query((long)lane);
        // A number outside the lane would be given a second time.
        if (row.Read() && !row.IsDBNull(0) && (row.Whole(0) < s.Oldest || row.Whole(1) > s.Appended))
            throw new OutboxDamagedException($"its lane {lane} holds batches from outside it");
        return Aged(lane, s with { Opened = Math.Min(s.Opened ?? s.Appended, s.Appended) });
    }

    private LaneState Save(Lane lane, LaneState s)
    {
        _lane.Run(
            (long)lane, s.Oldest, s.Acknowledged, s.Appended, s.KeptBytes, s.PendingBytes, s.Opened ?? (object)DBNull.Value,
            OutboxPlaces.HeadOf(lane, s));
        return Aged(lane, s);
    }

    private LaneState Aged(Lane lane, LaneState s) =>
        s with { OldestPending = s.Pending == 0 ? null : _age.Number((long)lane, s.Acknowledged + 1) };
}
