using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Storage.Ledger;

/// <summary>Puts the ledger into a service collection.</summary>
public static class LedgerSetup
{
    /// <summary>On SQLite.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="directory">Directory of <c>ledger.db</c>; must exist when the ledger is opened.</param>
    public static IServiceCollection AddLedger(this IServiceCollection services, string directory)
    {
        var options = SqliteLedger.On(Path.Combine(directory, "ledger.db"));
        return services.AddLedger(() => new SqliteLedger(options));
    }

    /// <summary>On PostgreSQL.</summary>
    public static IServiceCollection AddPostgresLedger(this IServiceCollection services, string connectionString)
    {
        var options = PostgresLedger.On(connectionString);
        return services.AddLedger(() => new PostgresLedger(options));
    }

    private static IServiceCollection AddLedger(this IServiceCollection services, Func<LedgerContext> open) => services
        .AddSingleton<IDbContextFactory<LedgerContext>>(new LedgerFactory(open))
        .AddSingleton<StationLedger>()
        .AddSingleton<SiteImport>();
}
