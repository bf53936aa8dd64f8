using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>The file <c>outbox.db</c>: how it is opened and what is in it.</summary>
internal static class OutboxSchema
{
    public const int PageSize = 16_384;

    private const string Tables = """
        CREATE TABLE IF NOT EXISTS meta(
            one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL, measured INTEGER NOT NULL, bad INTEGER NOT NULL, head INTEGER);
        CREATE TABLE IF NOT EXISTS owner(one INTEGER PRIMARY KEY CHECK (one = 1), name TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS lane(
            lane INTEGER PRIMARY KEY, oldest INTEGER NOT NULL, acknowledged INTEGER NOT NULL, appended INTEGER NOT NULL,
            kept_bytes INTEGER NOT NULL, pending_bytes INTEGER NOT NULL, opened INTEGER, head INTEGER);
        CREATE TABLE IF NOT EXISTS expired(
            lane INTEGER NOT NULL, last_sequence INTEGER NOT NULL, batches INTEGER NOT NULL,
            first INTEGER NOT NULL, until INTEGER NOT NULL, points INTEGER NOT NULL, PRIMARY KEY (lane, last_sequence)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS batch(
            lane INTEGER NOT NULL, sequence INTEGER NOT NULL, catalogue BLOB NOT NULL, content INTEGER NOT NULL, appended INTEGER NOT NULL,
            points INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, crc INTEGER NOT NULL, encoding INTEGER NOT NULL,
            payload BLOB NOT NULL, thinned INTEGER NOT NULL DEFAULT 0, head INTEGER,
            PRIMARY KEY (lane, sequence));
        CREATE TABLE IF NOT EXISTS recent(
            key TEXT NOT NULL, number INTEGER NOT NULL, source_time INTEGER NOT NULL, content INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (key, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS catalogue(id BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS aside(
            epoch INTEGER NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL, reason TEXT NOT NULL,
            catalogue BLOB NOT NULL, content INTEGER NOT NULL, points INTEGER NOT NULL, encoding INTEGER NOT NULL, payload BLOB NOT NULL);
        """;

    private const string Indexes = """
        DROP INDEX IF EXISTS batch_by_age;
        CREATE INDEX IF NOT EXISTS batch_by_worth ON batch(content, thinned, appended, lane, sequence) WHERE points > 0;
        """;

    // What files of earlier versions lack.
    private static readonly (string Table, string Column, string Type)[] Added =
    [
        ("meta", "head", "INTEGER"), ("lane", "opened", "INTEGER"), ("lane", "head", "INTEGER"),
        ("batch", "thinned", "INTEGER NOT NULL DEFAULT 0"), ("batch", "head", "INTEGER"),
        // A file of before that knows what came when, but not what it said.
        ("recent", "content", "INTEGER NOT NULL DEFAULT 0"),
    ];

    /// <summary>Opens the file for writing, and makes it if need be.</summary>
    public static SqliteConnection OpenWriter(string path, long? maxBytes)
    {
        var db = Open(path, SqliteOpenMode.ReadWriteCreate);
        try
        {
            Prepare(db, maxBytes);
            return db;
        }
        catch
        {
            // Left to the garbage collector it would hold the file for as long as that likes.
            db.Dispose();
            throw;
        }
    }

    /// <summary>Gives the file to <paramref name="owner"/> unless it is somebody's already; returns whose it is.</summary>
    public static string Claim(SqliteConnection db, string owner)
    {
        using var claim = new Statement(db, "INSERT INTO owner VALUES (1, ?1) ON CONFLICT DO NOTHING");
        claim.Run(owner);
        using var select = new Statement(db, "SELECT name FROM owner");
        using var row = select.Query();
        row.Read();
        return row.Text(0);
    }

    public static void Checkpoint(SqliteConnection db) => Execute(db, "PRAGMA wal_checkpoint(TRUNCATE)");

    public static SqliteConnection OpenReader(string path) => Open(path, SqliteOpenMode.ReadOnly);

    /// <summary>A random id for a numbering, never 0.</summary>
    public static ulong NewEpoch() => BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private static void Prepare(SqliteConnection db, long? maxBytes)
    {
        // Who commits has rests of its own, and must hear soon when the process stops.
        db.DefaultTimeout = 1;
        // The page size must come before the WAL; FULL makes every commit durable.
        Execute(db, $"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        if (maxBytes is { } bytes) Execute(db, $"PRAGMA max_page_count = {bytes / PageSize};");
        Execute(db, "BEGIN IMMEDIATE");
        var isNew = IsEmpty(db);
        Execute(db, Tables);
        foreach (var (table, column, type) in Added) Add(db, table, column, type);
        // Only into a file of our own making: elsewhere a row that is missing is damage.
        if (isNew) Execute(db, $"""
            INSERT INTO meta(one, epoch, measured, bad) VALUES (1, {(long)NewEpoch()}, 0, 0);
            INSERT INTO lane(lane, oldest, acknowledged, appended, kept_bytes, pending_bytes) VALUES (1, 1, 0, 0, 0, 0), (2, 1, 0, 0, 0, 0);
            """);
        Execute(db, "COMMIT");
        // Apart: an index reads every row, and what can be read of a damaged file is read by its columns.
        Execute(db, $"BEGIN IMMEDIATE; {Indexes} COMMIT");
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Without pooling closing the last connection checkpoints the WAL and removes it.
        var db = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            db.Open();
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private static bool IsEmpty(SqliteConnection db)
    {
        using var count = new Statement(db, "SELECT count(*) FROM sqlite_schema");
        return count.Number() == 0;
    }

    private static void Add(SqliteConnection db, string table, string column, string type)
    {
        using var known = new Statement(db, "SELECT count(*) FROM pragma_table_info(?1) WHERE name = ?2");
        if (known.Number(table, column) == 0) Execute(db, $"ALTER TABLE {table} ADD COLUMN {column} {type}");
    }

    private static void Execute(SqliteConnection db, string sql)
    {
        using var command = db.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
