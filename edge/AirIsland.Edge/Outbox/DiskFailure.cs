using Microsoft.Data.Sqlite;

namespace AirIsland.Edge.Outbox;

/// <summary>What the disk, or the machine, refuses now and may do at the next try; all else would fail again.</summary>
internal static class DiskFailure
{
    public static bool Is(SqliteException failure) => failure.SqliteErrorCode is
        SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_READONLY
        or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_NOMEM;
}
