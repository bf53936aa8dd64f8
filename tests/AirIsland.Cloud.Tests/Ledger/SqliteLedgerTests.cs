using AirIsland.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Cloud.Tests.Ledger;

public sealed class SqliteLedgerTests : LedgerContract
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-ledger-").FullName;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    protected override IServiceCollection Add(IServiceCollection services) => services.AddLedger(_directory);
}
