using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// Runs a script that makes tables and may be run again: in one transaction, and one process after the other, because PostgreSQL's
/// <c>IF NOT EXISTS</c> fails when two ask at once.
/// </summary>
public static class PostgresScript
{
    /// <exception cref="StoreUnavailableException">The server cannot be reached, or refuses.</exception>
    public static async Task RunAsync(string connectionString, string script, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await RunAsync(source, script, cancellationToken);
    }

    internal static async Task RunAsync(NpgsqlDataSource source, string script, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            foreach (var sql in (string[])["SELECT pg_advisory_xact_lock(7311209864501)", script])
            {
                await using var command = new NpgsqlCommand(sql, connection, transaction);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            await transaction.CommitAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            throw new StoreUnavailableException($"PostgreSQL: {e.Message}", e);
        }
    }
}
