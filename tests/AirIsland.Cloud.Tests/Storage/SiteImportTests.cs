using System.Text;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Leak;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AirIsland.Cloud.Tests.Storage;

public sealed class SiteImportTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-ledger-").FullName;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddLedger(_directory).BuildServiceProvider();
        await _services.GetRequiredService<SiteImport>().MigrateAsync(default);
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task The_sample_site_is_imported_once()
    {
        Assert.Equal(1, await ImportAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "site.json"))));
        Assert.Equal(0, await ImportAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "site.json"))));

        var ledger = _services.GetRequiredService<StationLedger>();
        var station = Assert.Single(await ledger.StationsAsync(default));
        Assert.Equal(
            ["compressor-1", "compressor-2", "compressor-3"],
            station.Assets.Where(a => a.Kind == AssetKind.Compressor).Select(a => a.Id));
        var contract = Assert.Single(await ledger.ContractAsync(new("lifode"), default));
        Assert.Equal((new UnitPrice(105_000), ReferenceState.Standard20), (contract.Price, contract.State));
        // Midnight of 2024-01-01 at the station is 16:00 UTC of the day before.
        Assert.Equal(Instant.FromUtc(2023, 12, 31, 16, 0), contract.ValidFrom);
        Assert.Equal(
            new IdleWindow(new LocalTime(22, 0), new LocalTime(6, 0)),
            Assert.Single(await ledger.IdleWindowsAsync(new("lifode"), default)));
    }

    [Theory]
    [InlineData("{", "site file")]
    [InlineData(
        """{"stations":[{"id":"s","name":"s","nameEn":"s","zone":"Mars/Olympus","energyTags":[],"assets":[],"companies":[]}]}""",
        "Mars/Olympus")]
    [InlineData(
        """{"stations":[{"id":"s","name":"s","nameEn":"s","zone":"Asia/Shanghai","energyTags":["nonsense"],"assets":[],"companies":[]}]}""",
        "nonsense")]
    [InlineData("""{"stations":[],"prices":1}""", "prices")]
    public async Task A_wrong_file_names_its_mistake_and_changes_nothing(string json, string named)
    {
        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => ImportAsync(json));

        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(await _services.GetRequiredService<StationLedger>().StationsAsync(default));
    }

    private async Task<int> ImportAsync(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return await _services.GetRequiredService<SiteImport>().ImportAsync(stream, default);
    }
}
