using System.Data.Common;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>A connection that is given back, not closed.</summary>
internal sealed class Lease(DbConnection connection, Action<DbConnection> giveBack) : IDisposable
{
    public DbConnection Connection => connection;

    public void Dispose() => giveBack(connection);
}
