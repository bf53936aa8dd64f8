using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>Which PostgreSQL keeps the telemetry, and how much it takes in one commit.</summary>
public sealed class PostgresOptions
{
    /// <summary>Of store, ledger and membership; it holds the password, so it is never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Most batches in one transaction.</summary>
    public int MaxGroup { get; init; } = 512;

    /// <summary>Most payload bytes in one transaction.</summary>
    public int MaxGroupBytes { get; init; } = 8 << 20;

    /// <summary>How long after its end an hour is sealed: what comes later costs a merge. Default 10 min.</summary>
    public TimeSpan SealAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How long levels are kept as they were measured, from the end of their month; then as minutes. Null: for ever. Default 3 years.
    /// </summary>
    public TimeSpan? KeepLevels { get; init; } = TimeSpan.FromDays(3 * 366);

    /// <summary>What is wrong with a connection string, without a word of it; null when all is well.</summary>
    public static string? Mistake(string connectionString)
    {
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrEmpty(parts.Host)) return "names no Host";
            return string.IsNullOrEmpty(parts.Database) ? "names no Database" : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // What it says may hold the password.
            return "is no connection string: Host=…;Database=…;Username=…;Password=…";
        }
    }
}
