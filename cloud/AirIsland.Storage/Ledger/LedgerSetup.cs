using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Storage.Ledger;

/// <summary>Puts the ledger on SQLite into a service collection.</summary>
public static class LedgerSetup
{
    /// <param name="services">Where to.</param>
    /// <param name="directory">Directory of <c>ledger.db</c>; must exist when the ledger is opened.</param>
    public static IServiceCollection AddLedger(this IServiceCollection services, string directory)
    {
        var path = Path.Combine(directory, "ledger.db");
        return services
            .AddDbContextFactory<LedgerContext>(o => o.UseSqlite($"Data Source={path};Pooling=False"))
            .AddSingleton<StationLedger>()
            .AddSingleton<SiteImport>();
    }
}
