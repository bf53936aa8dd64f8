using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>A file of the store that SQLite cannot read.</summary>
internal static class DamagedFile
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const int Missing = 1;

    /// <summary>Why a month's file cannot be read at all; null when it can. A disk that refuses for now says nothing of the file.</summary>
    public static string? Reason(string path)
    {
        try
        {
            using var connection = MonthSchema.Open(path, write: false);
            if (IsUnfinished(connection)) return null;
            foreach (var table in (string[])["seal", "block", "frame", "series_day"])
                EmbeddedSchema.Execute(connection, $"SELECT 1 FROM {table} LIMIT 1");
            return null;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Corrupt or NotADatabase or Missing)
        {
            return e.Message;
        }
    }

    /// <summary>
    /// Whether the file was made and its tables were not: a process was killed in between. Nothing was ever in it.
    /// </summary>
    public static bool IsUnfinished(SqliteConnection connection)
    {
        using var command = connection.Command("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)");
        return command.ExecuteScalar() is 1L;
    }

    public static bool IsUnfinished(string path)
    {
        using var connection = MonthSchema.Open(path, write: false);
        return IsUnfinished(connection);
    }

    /// <summary>Renames a file and what SQLite keeps beside it; gives the new path.</summary>
    public static string SetAside(string path)
    {
        var n = 1;
        while (File.Exists($"{path}.damaged-{n}")) n++;
        foreach (var tail in (string[])["-wal", "-shm", ""])
            if (File.Exists(path + tail)) File.Move(path + tail, $"{path}.damaged-{n}{tail}");
        return $"{path}.damaged-{n}";
    }
}
