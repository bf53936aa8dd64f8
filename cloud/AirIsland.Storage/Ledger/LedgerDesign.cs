using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace AirIsland.Storage.Ledger;

/// <summary>How the migrations tool opens the ledger: <c>dotnet ef migrations add NAME --project cloud/AirIsland.Storage</c>.</summary>
public sealed class LedgerDesign : IDesignTimeDbContextFactory<LedgerContext>
{
    public LedgerContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<LedgerContext>().UseSqlite("Data Source=design.db").Options);
}
