using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AirIsland.Storage.Ledger;

/// <summary>The ledger in a SQLite file, for one process.</summary>
public sealed class SqliteLedger(DbContextOptions<SqliteLedger> options) : LedgerContext(options)
{
    public static DbContextOptions<SqliteLedger> On(string path) =>
        new DbContextOptionsBuilder<SqliteLedger>().UseSqlite($"Data Source={path};Pooling=False").Options;

    public override Task AloneAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>How <c>dotnet ef</c> opens it.</summary>
    public sealed class Design : IDesignTimeDbContextFactory<SqliteLedger>
    {
        public SqliteLedger CreateDbContext(string[] args) => new(On("design.db"));
    }
}
