using System.Data;
using System.Data.Common;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// Journal and sealed months in one database: a month is a partition of each of its tables, and dropping it drops them. One process of a
/// cluster writes a month at a time.
/// </summary>
internal sealed class PostgresPlaces(NpgsqlDataSource source, PostgresJournal journal) : IBlockPlaces
{
    private static readonly string[] Parts = ["seal", "block", "frame", "series_day"];

    public IReadOnlyList<int> Months
    {
        get
        {
            using var lease = Snapshot();
            using var command = lease.Connection.Command("SELECT month FROM sealed_month ORDER BY month");
            using var rows = command.ExecuteReader();
            var months = new List<int>();
            while (rows.Read()) months.Add(rows.GetInt32(0));
            return months;
        }
    }

    public Lease Journal() => Snapshot();

    public Lease? Month(int month) => Snapshot();

    public Lease WriteMonth(int month)
    {
        var connection = source.OpenConnection();
        try
        {
            Make(connection, month);
            // Of the session: it ends with the lease, or with the connection.
            connection.Run("SELECT pg_advisory_lock(731120986, $1)", month);
            return new(connection, c =>
            {
                // A pooled connection would hold it until somebody takes it again.
                if (c.State == ConnectionState.Open) c.Run("SELECT pg_advisory_unlock(731120986, $1)", month);
                c.Dispose();
            });
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public Lease Minutes() => Snapshot();

    public Lease WriteMinutes() => new(source.OpenConnection(), c => c.Dispose());

    public long OriginOf(int month, Lease lease)
    {
        using var command = lease.Connection.Command("SELECT origin FROM sealed_month WHERE month = $1", month);
        return command.ExecuteScalar() is long origin ? origin : 0;
    }

    public Task InJournalAsync(Action<DbConnection> action, CancellationToken cancellationToken) => journal.RunAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction();
            action(connection);
            transaction.Commit();
        },
        cancellationToken);

    public IDisposable? BeginUpkeep()
    {
        var connection = source.OpenConnection();
        using var command = connection.Command("SELECT pg_try_advisory_lock(7311209864504)");
        if (command.ExecuteScalar() is true)
        {
            return new Lease(connection, c =>
            {
                if (c.State == ConnectionState.Open) c.Run("SELECT pg_advisory_unlock(7311209864504)");
                c.Dispose();
            });
        }
        connection.Dispose();
        return null;
    }

    public string NameOf(int month) => $"partition {Hours.Name(month)}";

    public void Drop(int month)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        connection.Run("SELECT pg_advisory_xact_lock(7311209864502)");
        foreach (var part in Parts) connection.Run($"DROP TABLE IF EXISTS {part}_{month}");
        connection.Run("DELETE FROM sealed_month WHERE month = $1", month);
        transaction.Commit();
    }

    private static void Make(NpgsqlConnection connection, int month)
    {
        using (var command = connection.Command("SELECT 1 FROM sealed_month WHERE month = $1", month))
            if (command.ExecuteScalar() is not null) return;
        var (from, to) = Hours.In(month);
        using var transaction = connection.BeginTransaction();
        connection.Run("SELECT pg_advisory_xact_lock(7311209864502)");
        foreach (var part in Parts)
        {
            // The index goes by days; months begin with one.
            var (first, end) = part == "series_day" ? (from / 24, to / 24) : (from, to);
            connection.Run($"CREATE TABLE IF NOT EXISTS {part}_{month} PARTITION OF {part} FOR VALUES FROM ({first}) TO ({end})");
        }
        connection.Run("INSERT INTO sealed_month(month) VALUES ($1) ON CONFLICT DO NOTHING", month);
        transaction.Commit();
    }

    private Lease Snapshot()
    {
        var connection = source.OpenConnection();
        var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        // The first question fixes what it sees.
        connection.Run("SELECT 1");
        return new(connection, c =>
        {
            transaction.Dispose();
            c.Dispose();
        });
    }
}
