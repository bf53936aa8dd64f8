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
            frames INTEGER NOT NULL, instants BLOB NOT NULL) STRICT;
        CREATE INDEX IF NOT EXISTS block_by_hour ON block(station, hour);
        CREATE TABLE IF NOT EXISTS frame(
            id INTEGER PRIMARY KEY, hour INTEGER NOT NULL, series INTEGER NOT NULL, samples BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS series_day(
            series INTEGER NOT NULL, day INTEGER NOT NULL, hours BLOB NOT NULL, PRIMARY KEY(series, day)) STRICT, WITHOUT ROWID;
        """;

    /// <summary>As the journal: what was committed is on disk, because the journal forgets on the strength of it.</summary>
    public static SqliteConnection Open(string path, bool write)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        EmbeddedSchema.Execute(connection, write
            ? "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;" + Tables
            : "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;");
        return connection;
    }
}
