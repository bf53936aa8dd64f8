using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>The file of a sealed month; see <see cref="Blocks.MonthTables"/>.</summary>
internal static class MonthSchema
{
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS seal(
            station TEXT NOT NULL, hour INTEGER NOT NULL, sealed_to INTEGER NOT NULL, PRIMARY KEY(station, hour)) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS block(
            id INTEGER PRIMARY KEY, station TEXT NOT NULL, hour INTEGER NOT NULL, grp TEXT NOT NULL, first_frame INTEGER NOT NULL,
            frames INTEGER NOT NULL, points INTEGER NOT NULL, instants BLOB NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS block_by_hour ON block(station, hour);
        CREATE TABLE IF NOT EXISTS frame(
            id INTEGER PRIMARY KEY, hour INTEGER NOT NULL, series INTEGER NOT NULL, samples BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS series_day(
            series INTEGER NOT NULL, day INTEGER NOT NULL, hours BLOB NOT NULL, PRIMARY KEY(series, day)) STRICT, WITHOUT ROWID;
        -- Tells this file from one of the same name that was dropped.
        CREATE TABLE IF NOT EXISTS origin(id INTEGER PRIMARY KEY) STRICT;
        INSERT INTO origin SELECT 1 + abs(random() / 2) WHERE NOT EXISTS (SELECT 1 FROM origin);
        """;

    private const string MinuteTables = """
        CREATE TABLE IF NOT EXISTS minute_day(
            series INTEGER NOT NULL, day INTEGER NOT NULL, runs BLOB NOT NULL, PRIMARY KEY(series, day)) STRICT;
        CREATE TABLE IF NOT EXISTS minute_month(month INTEGER PRIMARY KEY, origin INTEGER NOT NULL, through INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS minute_seal(
            station TEXT NOT NULL, month INTEGER NOT NULL, sealed_to INTEGER NOT NULL, PRIMARY KEY(station, month)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>As the journal: what was committed is on disk, because the journal forgets on the strength of it.</summary>
    public static SqliteConnection Open(string path, bool write) => Open(path, write ? Tables : null);

    /// <summary>The file of what stays of months that expired; see <see cref="Blocks.MinuteTables"/>.</summary>
    public static SqliteConnection OpenMinutes(string path, bool write) => Open(path, write ? MinuteTables : null);

    private static SqliteConnection Open(string path, string? tables)
    {
        // Who only reads never makes a file: it may just have been dropped.
        var mode = tables is null ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate;
        var place = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode };
        var connection = new SqliteConnection(place.ToString());
        try
        {
            connection.Open();
            EmbeddedSchema.Execute(connection, tables is null
                ? "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;"
                : "PRAGMA page_size = 16384; PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                    + $"BEGIN IMMEDIATE; {tables} COMMIT");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
