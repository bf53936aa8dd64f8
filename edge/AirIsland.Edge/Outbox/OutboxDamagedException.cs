using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>What <c>outbox.db</c> holds is not what was written to it.</summary>
internal sealed class OutboxDamagedException(string what) : Exception(what)
{
    /// <summary>Whether a failure means that the file is damaged, and not that the disk or the program failed.</summary>
    public static bool Says(Exception failure) => failure switch
    {
        OutboxDamagedException => true,
        // No number is given twice: an index that says so has lost some.
        SqliteException e => e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB
            || e.SqliteExtendedErrorCode is SQLitePCL.raw.SQLITE_CONSTRAINT_UNIQUE or SQLitePCL.raw.SQLITE_CONSTRAINT_PRIMARYKEY,
        _ => false,
    };
}
