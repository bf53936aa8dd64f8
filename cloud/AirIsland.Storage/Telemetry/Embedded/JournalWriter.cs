using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>The statements of one transaction, prepared once for it.</summary>
internal sealed class JournalWriter : IJournalWriter, IDisposable
{
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _aside;
    private readonly SqliteCommand _move;
    private readonly SqliteCommand _checksum;
    private readonly SqliteCommand _stamp;
    private readonly SqliteCommand _fix;

    public JournalWriter(SqliteConnection connection, SqliteTransaction transaction)
    {
        SqliteCommand Command(string sql, int parameters)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter($"${i}", null));
            return command;
        }

        _insert = Command(
            """
            INSERT INTO batch(
                position, station, edge, epoch, lane, sequence, catalogue, content, encoding, points,
                from_ms, to_ms, known_at, crc32c, payload, held)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """, 16);
        _aside = Command(
            "INSERT INTO aside(edge, epoch, lane, sequence, known_at, reason, points, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)", 8);
        _move = Command(
            """
            INSERT INTO watermark(edge, epoch, lane, sequence, crc32c) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT(edge, epoch, lane) DO UPDATE SET sequence = $4, crc32c = $5
            """, 5);
        _checksum = Command("SELECT crc32c FROM batch WHERE edge = $1 AND epoch = $2 AND lane = $3 AND sequence = $4", 4);
        _stamp = Command(
            """
            INSERT INTO clock_stamp(station, edge, boot, offset_ms, from_ms, to_ms) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT DO UPDATE SET from_ms = min(from_ms, $5), to_ms = max(to_ms, $6)
            """, 6);
        _fix = Command(
            """
            INSERT INTO clock_fix(edge, boot, offset_ms, uptime_ms, known_at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT(edge, boot, uptime_ms) DO NOTHING
            """, 5);
    }

    public void Insert(ReceivedBatch batch, long position)
    {
        var (key, block) = (batch.Key, batch.Block);
        Run(_insert, position, batch.Station.Value, key.Edge, (long)key.Epoch, (long)key.Lane, (long)key.Sequence, batch.Catalogue.Hex,
            (long)batch.Content, (long)block.Encoding, (long)block.PointCount, block.From, block.To, batch.KnownAt.ToUnixTimeMilliseconds(),
            (long)block.Crc32C, block.Payload, batch.IsHeld ? 1L : 0L);
        foreach (var (stamp, from, to) in batch.Clock.Stamped)
            Run(_stamp, batch.Station.Value, key.Edge, stamp.Boot, stamp.OffsetMs, from, to);
        foreach (var fix in batch.Clock.Fixes)
            Run(_fix, key.Edge, fix.Boot, fix.OffsetMs, fix.UptimeMs, batch.KnownAt.ToUnixTimeMilliseconds());
    }

    public void SetAside(ReceivedBatch batch, string reason)
    {
        var key = batch.Key;
        Run(_aside, key.Edge, (long)key.Epoch, (long)key.Lane, (long)key.Sequence, batch.KnownAt.ToUnixTimeMilliseconds(), reason,
            (long)batch.Block.PointCount, batch.Block.Payload);
    }

    public void Move(string edge, ulong epoch, StoredWatermark mark) =>
        Run(_move, edge, (long)epoch, (long)mark.Lane, (long)mark.Sequence, (long)mark.Crc32C);

    public uint? Checksum(BatchKey key)
    {
        Bind(_checksum, key.Edge, (long)key.Epoch, (long)key.Lane, (long)key.Sequence);
        return _checksum.ExecuteScalar() is long crc ? (uint)crc : null;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _aside.Dispose();
        _move.Dispose();
        _checksum.Dispose();
        _stamp.Dispose();
        _fix.Dispose();
    }

    private static void Run(SqliteCommand command, params object[] values)
    {
        Bind(command, values);
        command.ExecuteNonQuery();
    }

    private static void Bind(SqliteCommand command, params object[] values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
    }
}
