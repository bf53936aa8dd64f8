using System.Text;
using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Leak;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace AirIsland.Cloud.Tests.Ledger;

/// <summary>What the ledger must do on every kind of database: migrations, the site import, questions. A class for each derives.</summary>
public abstract class LedgerContract : IAsyncLifetime
{
    private ServiceProvider _services = null!;

    private StationLedger Ledger => _services.GetRequiredService<StationLedger>();

    private static string Sample => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "site.json"));

    public virtual async Task InitializeAsync()
    {
        _services = Add(new ServiceCollection()).BuildServiceProvider();
        await MigrateAsync();
    }

    public virtual async Task DisposeAsync() => await _services.DisposeAsync();

    [ContractFact]
    public async Task Migrations_lead_from_nothing_to_the_model_and_can_be_run_again()
    {
        await MigrateAsync();

        await using var db = await ContextAsync();
        Assert.False(db.Database.HasPendingModelChanges(), "a migration is missing: see the README of AirIsland.Storage");
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        Assert.NotEmpty(await db.Database.GetAppliedMigrationsAsync());
        Assert.Empty(await Ledger.StationsAsync(default));
    }

    [ContractFact]
    public async Task The_sample_site_is_imported_once()
    {
        Assert.Equal(1, await ImportAsync(Sample));
        Assert.Equal(0, await ImportAsync(Sample));

        var station = Assert.Single(await Ledger.StationsAsync(default));
        Assert.Equal((new StationId("moushan"), "牟山智慧气岛", "Asia/Shanghai"), (station.Id, station.Name, station.Zone));
        Assert.Equal((0.65, 0.75), (station.HeaderPressureLow, station.HeaderPressureHigh));
        Assert.Equal(
            ["compressor-1", "compressor-2", "compressor-3"],
            station.Assets.Where(a => a.Kind == AssetKind.Compressor).Select(a => a.Id));
        var contract = Assert.Single(await Ledger.ContractAsync(new("lifode"), default));
        Assert.Equal((new UnitPrice(105_000), ReferenceState.Standard20), (contract.Price, contract.State));
        // Midnight of 2024-01-01 at the station is 16:00 UTC of the day before.
        Assert.Equal(Instant.FromUtc(2023, 12, 31, 16, 0), contract.ValidFrom);
        Assert.Equal(
            new IdleWindow(new LocalTime(22, 0), new LocalTime(6, 0)),
            Assert.Single(await Ledger.IdleWindowsAsync(new("lifode"), default)));
    }

    [ContractFact]
    public async Task The_questions_are_answered_for_the_company_and_the_station_that_are_asked_for()
    {
        await ImportAsync(Sample);

        Assert.Equal(["lifode", "songyuan"], (await Ledger.CompaniesAsync(new("moushan"), default)).Select(c => c.Id.Value));
        Assert.Equal("松原", (await Ledger.CompanyAsync(new("songyuan"), default))?.Name);
        Assert.Null(await Ledger.CompanyAsync(new("nobody"), default));
        var point = Assert.Single(await Ledger.SupplyPointsAsync(new("songyuan"), default));
        Assert.Equal("moushan/songyuan/AccumulatedVolume", point.Volume.Value);
        Assert.Equal("moushan/station/electrical/Energy", Assert.Single(await Ledger.EnergyTagsAsync(new("moushan"), default)).Value);
        Assert.Empty(await Ledger.IdleWindowsAsync(new("songyuan"), default));
        Assert.Empty(await Ledger.CompaniesAsync(new("elsewhere"), default));
    }

    [ContractFact]
    public async Task Stations_stand_in_the_order_of_the_characters_of_their_ids()
    {
        await ImportAsync($$"""{"stations":[{{string.Join(',', new[] { "ab", "a-c", "aa", "a-a" }.Select(Station))}}]}""");

        Assert.Equal(["a-a", "a-c", "aa", "ab"], (await Ledger.StationsAsync(default)).Select(s => s.Id.Value));
    }

    [ContractTheory]
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
        Assert.Empty(await Ledger.StationsAsync(default));
    }

    /// <summary>Puts the ledger of an empty database into the services.</summary>
    protected abstract IServiceCollection Add(IServiceCollection services);

    private Task MigrateAsync() => _services.GetRequiredService<SiteImport>().MigrateAsync(default);

    private Task<LedgerContext> ContextAsync() =>
        _services.GetRequiredService<IDbContextFactory<LedgerContext>>().CreateDbContextAsync(default);

    private static string Station(string id) =>
        $$"""{"id":"{{id}}","name":"s","nameEn":"s","zone":"Asia/Shanghai","energyTags":[],"assets":[],"companies":[]}""";

    private async Task<int> ImportAsync(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return await _services.GetRequiredService<SiteImport>().ImportAsync(stream, default);
    }
}
