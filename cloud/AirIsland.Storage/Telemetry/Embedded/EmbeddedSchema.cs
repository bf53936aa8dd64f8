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
            held INTEGER NOT NULL DEFAULT 1,
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
            edge TEXT NOT NULL, boot TEXT NOT NULL, uptime_ms INTEGER NOT NULL, offset_ms INTEGER NOT NULL, known_at INTEGER NOT NULL,
            PRIMARY KEY(edge, boot, uptime_ms)) STRICT, WITHOUT ROWID;
        -- The numbers of series in blocks.
        CREATE TABLE IF NOT EXISTS series(
            id INTEGER PRIMARY KEY, station TEXT NOT NULL, tag TEXT NOT NULL, declaration TEXT NOT NULL UNIQUE) STRICT;
        -- What edges said they did not take or had to drop: outlives the batches that said so.
        CREATE TABLE IF NOT EXISTS gap(
            station TEXT NOT NULL, position INTEGER NOT NULL, tag TEXT NOT NULL, from_ms INTEGER NOT NULL, to_ms INTEGER NOT NULL,
            reason TEXT NOT NULL, samples INTEGER NOT NULL, PRIMARY KEY(station, position, tag, from_ms)) STRICT, WITHOUT ROWID;
        -- The newest sample of each series, up to a position: a fold that spares reading everything at the start.
        CREATE TABLE IF NOT EXISTS latest(
            station TEXT NOT NULL, declaration TEXT NOT NULL, at INTEGER NOT NULL, count INTEGER NOT NULL, quality INTEGER NOT NULL,
            PRIMARY KEY(station, declaration)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS latest_to(station TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        """;

    /// <summary>A journal of before there was sealing: what is in it stays in it.</summary>
    private const string Upgrade = """
        ALTER TABLE batch ADD COLUMN held INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE clock_fix RENAME TO clock_fix_before;
        CREATE TABLE clock_fix(
            edge TEXT NOT NULL, boot TEXT NOT NULL, uptime_ms INTEGER NOT NULL, offset_ms INTEGER NOT NULL, known_at INTEGER NOT NULL,
            PRIMARY KEY(edge, boot, uptime_ms)) STRICT, WITHOUT ROWID;
        INSERT INTO clock_fix SELECT edge, boot, uptime_ms, offset_ms, 0 FROM clock_fix_before;
        DROP TABLE clock_fix_before;
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
        if (write && IsOld(connection)) Execute(connection, $"BEGIN IMMEDIATE; {Upgrade} COMMIT");
        Execute(connection, write
            ? "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;" + Tables
            : "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;");
        return connection;
    }

    private static bool IsOld(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM pragma_table_info('batch') WHERE name IN ('position', 'held')";
        return (long)(command.ExecuteScalar() ?? 0L) == 1;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
