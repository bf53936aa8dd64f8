using AirIsland.Domain.Billing;
using AirIsland.Domain.Leak;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger.Rows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace AirIsland.Storage.Ledger;

/// <summary>The ledger's questions, answered in the domain's words. Filtering by who asks is the caller's, who knows the actor.</summary>
public sealed class StationLedger(IDbContextFactory<LedgerContext> contexts)
{
    public async Task<IReadOnlyList<Station>> StationsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var stations = await db.Stations.AsNoTracking().OrderBy(s => s.Id).ToListAsync(cancellationToken);
        var assets = await db.Assets.AsNoTracking().OrderBy(a => a.Ordinal).ToListAsync(cancellationToken);
        return [.. stations.Select(s => new Station(new(s.Id), s.Name, s.NameEn, s.Zone)
        {
            Assets = [.. assets.Where(a => a.StationId == s.Id).Select(ToAsset)],
            HeaderPressureLow = s.HeaderPressureLow,
            HeaderPressureHigh = s.HeaderPressureHigh,
        })];
    }

    public async Task<IReadOnlyList<Company>> CompaniesAsync(StationId station, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.Companies.AsNoTracking()
            .Where(c => c.StationId == station.Value).OrderBy(c => c.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ToCompany)];
    }

    public async Task<Company?> CompanyAsync(CompanyId company, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Companies.AsNoTracking().FirstOrDefaultAsync(c => c.Id == company.Value, cancellationToken);
        return row is null ? null : ToCompany(row);
    }

    public async Task<IReadOnlyList<SupplyPoint>> SupplyPointsAsync(CompanyId company, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.SupplyPoints.AsNoTracking().Where(p => p.CompanyId == company.Value).ToListAsync(cancellationToken);
        return [.. rows.Select(p => new SupplyPoint(TagId.Parse(p.VolumeTag), TagId.Parse(p.FlowTag)))];
    }

    /// <summary>The energy registers that make up the electricity of a station.</summary>
    public async Task<IReadOnlyList<TagId>> EnergyTagsAsync(StationId station, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.EnergyPoints.AsNoTracking().Where(p => p.StationId == station.Value).ToListAsync(cancellationToken);
        return [.. rows.Select(p => TagId.Parse(p.EnergyTag))];
    }

    public async Task<IReadOnlyList<ContractVersion>> ContractAsync(CompanyId company, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.ContractVersions.AsNoTracking().Where(c => c.CompanyId == company.Value).OrderBy(c => c.ValidFromMs)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(c => new ContractVersion(c.ContractId, c.Version, new(c.CompanyId),
            Instant.FromUnixTimeMilliseconds(c.ValidFromMs), new(c.PriceMicroCny), ReferenceState.Parse(c.ReferenceState)))];
    }

    public async Task<IReadOnlyList<IdleWindow>> IdleWindowsAsync(CompanyId company, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await db.IdleWindows.AsNoTracking().Where(w => w.CompanyId == company.Value).ToListAsync(cancellationToken);
        return
        [
            .. rows.Select(w => new IdleWindow(LocalTime.Midnight.PlusMinutes(w.FromMinute), LocalTime.Midnight.PlusMinutes(w.ToMinute))),
        ];
    }

    private static Company ToCompany(CompanyRow c) => new(new(c.Id), new(c.StationId), c.Name, c.NameEn);

    private static Asset ToAsset(AssetRow a) => new(a.Id, a.Kind, a.Name, a.NameEn, a.Model, a.ModelEn)
    {
        Company = a.CompanyId is { } company ? new CompanyId(company) : null,
        VariableSpeed = a.VariableSpeed,
        Capacity = a.Capacity,
    };
}
