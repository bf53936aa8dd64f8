using System.Collections.Concurrent;
using System.Data.Common;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>Open read connections to one file, so that a question does not pay for opening it. Each lease is one snapshot.</summary>
internal sealed class ConnectionPool(Func<SqliteConnection> open) : IDisposable
{
    private const int Kept = 4;

    private readonly ConcurrentBag<SqliteConnection> _free = [];
    private volatile bool _closed;

    public Lease Rent()
    {
        if (!_free.TryTake(out var connection)) connection = open();
        try
        {
            // The first read fixes what a transaction sees.
            connection.Run("BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        return new(connection, GiveBack);
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var connection)) connection.Dispose();
    }

    private void GiveBack(DbConnection connection)
    {
        var mine = (SqliteConnection)connection;
        try
        {
            mine.Run("COMMIT");
        }
        catch (SqliteException)
        {
            mine.Dispose();
            return;
        }
        if (_closed || _free.Count >= Kept) mine.Dispose();
        else _free.Add(mine);
        if (_closed) Dispose();
    }
}
