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

    private const string Patience = "5s";

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

    public Lease WriteMonth(int month) => Alone(
        "731120986, $1", month,
        connection =>
        {
            connection.Run($"SET lock_timeout = '{Patience}'");
            Make(connection, month);
        });

    public Lease Minutes() => Snapshot();

    public Lease WriteMinutes() => Alone("$1", 7311209864505, null);

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
            return new Lease(connection, c => GiveBack(c, "SELECT pg_advisory_unlock(7311209864504)"));
        }
        connection.Dispose();
        return null;
    }

    public string NameOf(int month) => $"partition {Hours.Name(month)}";

    public void Drop(int month)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        // Whoever asks after this waits behind it, and it waits for whoever reads: not for long, and again in the next round.
        connection.Run($"SET LOCAL lock_timeout = '{Patience}'");
        foreach (var part in Parts) connection.Run($"DROP TABLE IF EXISTS {part}_{month}");
        connection.Run("DELETE FROM sealed_month WHERE month = $1", month);
        transaction.Commit();
    }

    /// <summary>
    /// Each table is made by itself and then attached, which neither readers nor writers of other months wait for. What was broken off is
    /// finished at the next try: the month's row comes last.
    /// </summary>
    private static void Make(NpgsqlConnection connection, int month)
    {
        using (var command = connection.Command("SELECT 1 FROM sealed_month WHERE month = $1", month))
            if (command.ExecuteScalar() is not null) return;
        var (from, to) = Hours.In(month);
        foreach (var part in Parts)
        {
            using (var made = connection.Command("SELECT to_regclass($1) IS NOT NULL", $"{part}_{month}"))
                if (made.ExecuteScalar() is true) continue;
            // The index goes by days; months begin with one.
            var (first, end) = part == "series_day" ? (from / 24, to / 24) : (from, to);
            using var transaction = connection.BeginTransaction();
            connection.Run($"CREATE TABLE {part}_{month} (LIKE {part} INCLUDING ALL)");
            connection.Run($"ALTER TABLE {part} ATTACH PARTITION {part}_{month} FOR VALUES FROM ({first}) TO ({end})");
            transaction.Commit();
        }
        connection.Run("INSERT INTO sealed_month(month) VALUES ($1) ON CONFLICT DO NOTHING", month);
    }

    /// <summary>A connection that has a lock of its session: it ends with the lease, or with the connection.</summary>
    private Lease Alone(string key, object value, Action<NpgsqlConnection>? first)
    {
        var connection = source.OpenConnection();
        try
        {
            connection.Run($"SELECT pg_advisory_lock({key})", value);
            first?.Invoke(connection);
            // A pooled connection would hold it until somebody takes it again.
            return new(connection, c => GiveBack(c, $"SELECT pg_advisory_unlock({key})", value));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void GiveBack(DbConnection connection, string unlock, params object[] values)
    {
        try
        {
            if (connection.State == ConnectionState.Open) connection.Run(unlock, values);
        }
        catch (NpgsqlException)
        {
            // Its session ended, and the lock with it.
        }
        finally
        {
            connection.Dispose();
        }
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
