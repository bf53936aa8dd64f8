using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger.Rows;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Storage.Ledger;

/// <summary>
/// Brings a site file into the ledger. What the ledger already has is left as it is: after the first start the ledger is the truth.
/// </summary>
public sealed class SiteImport(IDbContextFactory<LedgerContext> contexts)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Makes or migrates the ledger.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Imports the stations that the ledger does not have; gives how many.</summary>
    /// <exception cref="InvalidDataException">The file is not a site; the message names the mistake.</exception>
    public async Task<int> ImportAsync(Stream json, CancellationToken cancellationToken)
    {
        try
        {
            var site = await JsonSerializer.DeserializeAsync<SiteFile>(json, Json, cancellationToken);
            if (site is null || site.Stations.IsDefaultOrEmpty) return 0;
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await db.AloneAsync(cancellationToken);
            var known = await db.Stations.Select(s => s.Id).ToListAsync(cancellationToken);
            var added = site.Stations.Where(s => !known.Contains(s.Id)).ToList();
            foreach (var station in added) Add(db, station);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return added.Count;
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"the site file is wrong: {e.Message}", e);
        }
    }

    private static void Add(LedgerContext db, SiteFile.StationEntry station)
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(station.Zone)
            ?? throw new FormatException($"station '{station.Id}': '{station.Zone}' is no IANA zone");
        db.Stations.Add(new StationRow
        {
            Id = station.Id,
            Name = station.Name,
            NameEn = station.NameEn,
            Zone = zone.Id,
            HeaderPressureLow = station.HeaderPressureLow,
            HeaderPressureHigh = station.HeaderPressureHigh,
        });
        foreach (var tag in station.EnergyTags)
            db.EnergyPoints.Add(new EnergyPointRow { StationId = station.Id, EnergyTag = TagId.Parse(tag).Value });
        for (var i = 0; i < station.Assets.Length; i++) db.Assets.Add(ToRow(station.Id, station.Assets[i], i));
        foreach (var company in station.Companies) Add(db, station.Id, company, zone);
    }

    private static AssetRow ToRow(string station, SiteFile.AssetEntry asset, int ordinal) => new()
    {
        StationId = station,
        Id = asset.Id,
        Ordinal = ordinal,
        Kind = Enum.TryParse<AssetKind>(asset.Kind, out var kind)
            ? kind
            : throw new FormatException($"asset '{asset.Id}': kind '{asset.Kind}' is not known"),
        Name = asset.Name,
        NameEn = asset.NameEn,
        Model = asset.Model,
        ModelEn = asset.ModelEn,
        CompanyId = asset.Company,
        VariableSpeed = asset.VariableSpeed,
        Capacity = asset.Capacity,
    };

    private static void Add(LedgerContext db, string station, SiteFile.CompanyEntry company, DateTimeZone zone)
    {
        db.Companies.Add(new CompanyRow { Id = company.Id, StationId = station, Name = company.Name, NameEn = company.NameEn });
        db.SupplyPoints.Add(new SupplyPointRow
        {
            CompanyId = company.Id,
            VolumeTag = TagId.Parse(company.VolumeTag).Value,
            FlowTag = TagId.Parse(company.FlowTag).Value,
        });
        foreach (var version in company.Contract)
        {
            var micro = version.PriceCnyPerM3 * 1_000_000m;
            if (micro < 0 || micro != decimal.Truncate(micro))
                throw new FormatException(
                    $"contract '{version.Id}': price {version.PriceCnyPerM3} is negative or finer than a millionth of a yuan");
            db.ContractVersions.Add(new ContractVersionRow
            {
                ContractId = version.Id,
                Version = version.Version,
                CompanyId = company.Id,
                ValidFromMs = zone.AtStartOfDay(LocalDatePattern.Iso.Parse(version.ValidFrom).GetValueOrThrow())
                    .ToInstant().ToUnixTimeMilliseconds(),
                PriceMicroCny = (long)micro,
                ReferenceState = ReferenceState.Parse(version.ReferenceState).Name,
            });
        }
        foreach (var idle in company.Idle)
            db.IdleWindows.Add(
                new IdleWindowRow { CompanyId = company.Id, FromMinute = MinuteOfDay(idle.From), ToMinute = MinuteOfDay(idle.To) });
    }

    private static int MinuteOfDay(string time)
    {
        var parsed = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).GetValueOrThrow();
        return (parsed.Hour * 60) + parsed.Minute;
    }
}
