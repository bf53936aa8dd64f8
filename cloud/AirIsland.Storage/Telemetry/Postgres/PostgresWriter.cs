using AirIsland.Storage.Telemetry.Journal;
using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>What one transaction writes, sent to the server together.</summary>
internal sealed class PostgresWriter(NpgsqlConnection connection, NpgsqlTransaction transaction) : IJournalWriter, IDisposable
{
    private readonly NpgsqlBatch _statements = new(connection, transaction);

    public void Insert(ReceivedBatch batch, long position)
    {
        var (key, block, station) = (batch.Key, batch.Block, batch.Station.Value);
        Add(
            """
            INSERT INTO batch(
                position, station, edge, epoch, lane, sequence, catalogue, content, encoding, points,
                from_ms, to_ms, known_at, crc32c, payload, held)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            position, station, key.Edge, (long)key.Epoch, (int)key.Lane, (long)key.Sequence, batch.Catalogue.Hex, (int)batch.Content,
            (int)block.Encoding, block.PointCount, block.From, block.To, batch.KnownAt.ToUnixTimeMilliseconds(), (long)block.Crc32C,
            block.Payload, batch.IsHeld ? 1L : 0L);
        foreach (var (stamp, from, to) in batch.Clock.Stamped)
            Add(
                """
                INSERT INTO clock_stamp AS s(station, edge, boot, offset_ms, from_ms, to_ms) VALUES ($1, $2, $3, $4, $5, $6)
                    ON CONFLICT(station, edge, boot, offset_ms)
                        DO UPDATE SET from_ms = least(s.from_ms, excluded.from_ms), to_ms = greatest(s.to_ms, excluded.to_ms)
                """,
                station, key.Edge, stamp.Boot, stamp.OffsetMs, from, to);
        foreach (var fix in batch.Clock.Fixes)
            Add(
                """
                INSERT INTO clock_fix(edge, boot, offset_ms, uptime_ms, known_at) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT(edge, boot, uptime_ms) DO NOTHING
                """,
                key.Edge, fix.Boot, fix.OffsetMs, fix.UptimeMs, batch.KnownAt.ToUnixTimeMilliseconds());
    }

    public void SetAside(ReceivedBatch batch, string reason) => Add(
        "INSERT INTO aside(edge, epoch, lane, sequence, known_at, reason, points, payload) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        batch.Key.Edge, (long)batch.Key.Epoch, (int)batch.Key.Lane, (long)batch.Key.Sequence, batch.KnownAt.ToUnixTimeMilliseconds(),
        // PostgreSQL's text has no zero character; a reason may quote what came.
        reason.Replace('\0', '\uFFFD'), batch.Block.PointCount, batch.Block.Payload);

    public void Move(string edge, ulong epoch, StoredWatermark mark) => Add(
        "UPDATE watermark SET sequence = $4, crc32c = $5 WHERE edge = $1 AND epoch = $2 AND lane = $3",
        edge, (long)epoch, (int)mark.Lane, (long)mark.Sequence, (long)mark.Crc32C);

    /// <summary>The last position given out for a station.</summary>
    public void Move(string station, long position) => Add("UPDATE station SET position = $2 WHERE id = $1", station, position);

    public uint? Checksum(BatchKey key)
    {
        Send();
        using var command = new NpgsqlCommand(
            "SELECT crc32c FROM batch WHERE edge = $1 AND epoch = $2 AND lane = $3 AND sequence = $4", connection, transaction);
        Bind(command.Parameters, [key.Edge, (long)key.Epoch, (int)key.Lane, (long)key.Sequence]);
        return command.ExecuteScalar() is long crc ? (uint)crc : null;
    }

    /// <summary>Carries out what was asked so far.</summary>
    public void Send()
    {
        if (_statements.BatchCommands.Count > 0) _statements.ExecuteNonQuery();
        _statements.BatchCommands.Clear();
    }

    public void Dispose() => _statements.Dispose();

    private void Add(string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        Bind(command.Parameters, values);
        _statements.BatchCommands.Add(command);
    }

    private static void Bind(NpgsqlParameterCollection parameters, object[] values)
    {
        foreach (var value in values) parameters.Add(new NpgsqlParameter { Value = value });
    }
}
