using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Journal;
using Npgsql;
using Lane = (string Edge, ulong Epoch, AirIsland.Storage.Telemetry.BatchLane Lane);

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// One transaction of a group of batches. It first takes the rows of their lanes, then those of their stations, each in one order in
/// every process: who else appends for them waits until it has committed, and nobody waits in a circle.
/// </summary>
internal static class PostgresGroup
{
    /// <summary>The answers in the group's order, and how many batches were stored. Committed when it returns.</summary>
    public static (Appended[] Answers, int Stored) Commit(NpgsqlConnection connection, IReadOnlyList<JournalWork> group)
    {
        var batches = group.Select(w => w.Batch ?? throw new ArgumentException("only batches", nameof(group))).ToArray();
        using var transaction = connection.BeginTransaction();
        var (marks, positions) = Take(connection, transaction, batches);
        var pending = new JournalPending(marks, positions, nextPosition: null);
        using var writer = new PostgresWriter(connection, transaction);
        Appended[] answers = [.. batches.Select(b => pending.Take(b, writer))];
        pending.WriteWatermarks(writer);
        foreach (var (station, position) in pending.LastPositions) writer.Move(station.Value, position);
        writer.Send();
        transaction.Commit();
        return (answers, pending.Stored);
    }

    /// <summary>What is committed of a group's lanes and stations; nobody changes it before the transaction ends.</summary>
    private static (Dictionary<Lane, StoredWatermark> Marks, Dictionary<StationId, long> Positions) Take(
        NpgsqlConnection connection, NpgsqlTransaction transaction, ReceivedBatch[] batches)
    {
        Lane[] lanes =
        [
            .. batches.Select(b => (b.Key.Edge, b.Key.Epoch, b.Key.Lane)).Distinct()
                .OrderBy(l => l.Edge, StringComparer.Ordinal).ThenBy(l => l.Epoch).ThenBy(l => l.Lane),
        ];
        string[] stations = [.. batches.Select(b => b.Station.Value).Distinct().Order(StringComparer.Ordinal)];
        object[] keys =
        [
            lanes.Select(l => l.Edge).ToArray(), lanes.Select(l => (long)l.Epoch).ToArray(), lanes.Select(l => (int)l.Lane).ToArray(),
        ];
        using var statements = new NpgsqlBatch(connection, transaction);
        void Add(string sql, params object[] values)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
            statements.BatchCommands.Add(command);
        }

        Add("INSERT INTO watermark SELECT e, p, l, 0, 0 FROM unnest($1, $2, $3) AS k(e, p, l) ON CONFLICT DO NOTHING", keys);
        Add(
            "SELECT w.edge, w.epoch, w.lane, w.sequence, w.crc32c FROM watermark w"
            + " JOIN unnest($1, $2, $3) WITH ORDINALITY AS k(e, p, l, n) ON w.edge = e AND w.epoch = p AND w.lane = l"
            + " ORDER BY n FOR UPDATE OF w",
            keys);
        Add("INSERT INTO station SELECT s, 0 FROM unnest($1) AS k(s) ON CONFLICT DO NOTHING", [stations]);
        Add(
            "SELECT t.id, t.position FROM station t JOIN unnest($1) WITH ORDINALITY AS k(s, n) ON t.id = s ORDER BY n FOR UPDATE OF t",
            [stations]);
        var (marks, positions) = (new Dictionary<Lane, StoredWatermark>(), new Dictionary<StationId, long>());
        using var rows = statements.ExecuteReader();
        while (rows.Read())
        {
            var mark = new StoredWatermark((BatchLane)rows.GetInt32(2), (ulong)rows.GetInt64(3), (uint)rows.GetInt64(4));
            marks[(rows.GetString(0), (ulong)rows.GetInt64(1), mark.Lane)] = mark;
        }
        rows.NextResult();
        while (rows.Read()) positions[new(rows.GetString(0))] = rows.GetInt64(1);
        return (marks, positions);
    }
}
