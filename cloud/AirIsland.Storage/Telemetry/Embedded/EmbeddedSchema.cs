using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// The journal file: one row a batch with the bytes as they came, and the watermarks beside it, so that one transaction covers both.
/// </summary>
internal static class EmbeddedSchema
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS catalogue(
            id TEXT PRIMARY KEY, edge TEXT NOT NULL, station TEXT NOT NULL, used INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS batch(
            position INTEGER PRIMARY KEY,
            station TEXT NOT NULL, edge TEXT NOT NULL, epoch INTEGER NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL,
            catalogue TEXT NOT NULL, content INTEGER NOT NULL, encoding INTEGER NOT NULL, points INTEGER NOT NULL,
            from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, known_at INTEGER NOT NULL, crc32c INTEGER NOT NULL, payload BLOB NOT NULL,
            UNIQUE(edge, epoch, lane, sequence)) STRICT;
        CREATE INDEX IF NOT EXISTS batch_by_time ON batch(station, content, to_ms, from_ms);
        -- More than a day: a clock went wrong. Rare, so that every read can look at them all.
        CREATE INDEX IF NOT EXISTS batch_long ON batch(station, content, from_ms) WHERE to_ms - from_ms > 86400000;
        CREATE INDEX IF NOT EXISTS batch_by_station ON batch(station, position);
        CREATE TABLE IF NOT EXISTS watermark(
            edge TEXT NOT NULL, epoch INTEGER NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL, crc32c INTEGER NOT NULL,
            PRIMARY KEY(edge, epoch, lane)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS aside(
            edge TEXT NOT NULL, epoch INTEGER NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL,
            known_at INTEGER NOT NULL, reason TEXT NOT NULL, points INTEGER NOT NULL, payload BLOB NOT NULL,
            UNIQUE(edge, epoch, lane, sequence)) STRICT;
        -- What batches say of their edges' clocks. Folds of the batches: what they hold can be read out of the payloads again.
        CREATE TABLE IF NOT EXISTS clock_stamp(
            station TEXT NOT NULL, edge TEXT NOT NULL, boot TEXT NOT NULL, offset_ms INTEGER NOT NULL,
            from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL, PRIMARY KEY(station, edge, boot, offset_ms)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS clock_fix(
            edge TEXT NOT NULL, boot TEXT NOT NULL, offset_ms INTEGER NOT NULL, uptime_ms INTEGER NOT NULL,
            PRIMARY KEY(edge, boot)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>The journal file in a directory.</summary>
    public static string PathIn(string directory) => Path.Combine(directory, "journal.db");

    /// <summary>
    /// Opens the file. Every commit of a connection with <paramref name="write"/> is on disk when it returns (synchronous FULL is per
    /// connection, WAL per file; page_size counts only before WAL).
    /// </summary>
    public static SqliteConnection Open(string path, bool write)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        Execute(connection, write
            ? "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;" + Tables
            : "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;");
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
