using Microsoft.EntityFrameworkCore;

namespace AirIsland.Storage.Ledger;

/// <summary>Opens the ledger, wherever it is.</summary>
internal sealed class LedgerFactory(Func<LedgerContext> open) : IDbContextFactory<LedgerContext>
{
    public LedgerContext CreateDbContext() => open();
}
