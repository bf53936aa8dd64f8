using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Cloud.Tests.Ledger;

[NeedsProgram("postgres")]
[Collection(PostgresTests.Name)]
public sealed class PostgresLedgerTests(PostgresServer server) : LedgerContract
{
    private string _database = "";

    public override async Task InitializeAsync()
    {
        _database = await server.NewDatabaseAsync();
        await base.InitializeAsync();
    }

    [ContractFact]
    public async Task Processes_that_start_at_once_migrate_an_empty_ledger_and_import_the_site_once()
    {
        _database = await server.NewDatabaseAsync();

        var imported = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var services = Add(new ServiceCollection()).BuildServiceProvider();
            var import = services.GetRequiredService<SiteImport>();
            await import.MigrateAsync(default);
            await using var site = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "site.json"));
            return await import.ImportAsync(site, default);
        }));

        Assert.Equal(1, imported.Sum());
    }

    protected override IServiceCollection Add(IServiceCollection services) => services.AddPostgresLedger(_database);
}
