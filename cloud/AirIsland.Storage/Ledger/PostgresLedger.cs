using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AirIsland.Storage.Ledger;

/// <summary>The ledger in PostgreSQL, shared by the processes of a cluster.</summary>
public sealed class PostgresLedger(DbContextOptions<PostgresLedger> options) : LedgerContext(options)
{
    public static DbContextOptions<PostgresLedger> On(string connectionString) =>
        new DbContextOptionsBuilder<PostgresLedger>().UseNpgsql(connectionString).Options;

    public override Task AloneAsync(CancellationToken cancellationToken) =>
        Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(7311209864502)", cancellationToken);

    // Ids sort by their characters, as in SQLite, whatever language the database is of.
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<string>().UseCollation("C");
    }

    /// <summary>How <c>dotnet ef</c> opens it; adding a migration asks no server.</summary>
    public sealed class Design : IDesignTimeDbContextFactory<PostgresLedger>
    {
        public PostgresLedger CreateDbContext(string[] args) => new(On("Host=127.0.0.1;Database=design"));
    }
}
