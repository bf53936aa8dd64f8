using AirIsland.Cloud.Metering;
using AirIsland.Domain.Efficiency;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger;
using NodaTime;

namespace AirIsland.Cloud.Efficiency;

/// <summary>The air-to-power ratio of a station over a period and in its buckets.</summary>
public sealed class RatioQueries(StationLedger ledger, RegisterReader registers)
{
    private static readonly Duration Margin = Duration.FromHours(1);

    /// <summary>Null when the station does not exist or the actor may not see it.</summary>
    public async Task<RatioReport?> RatioAsync(
        Actor actor, StationId id, Interval period, BucketWidth by, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.MaySee(id)) return null;
        if ((await ledger.StationsAsync(cancellationToken)).FirstOrDefault(s => s.Id == id) is not { } station) return null;
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        var buckets = CalendarBuckets.Split(period, zone, by);
        var volumes = new List<TagId>();
        foreach (var company in await ledger.CompaniesAsync(id, cancellationToken))
            volumes.AddRange((await ledger.SupplyPointsAsync(company.Id, cancellationToken)).Select(p => p.Volume));
        var calculator = new RatioCalculator(
            await SeriesAsync(await ledger.EnergyTagsAsync(id, cancellationToken), period, cancellationToken),
            await SeriesAsync(volumes, period, cancellationToken),
            ReferenceState.Normal);
        return new(station, Visible(actor, calculator.Over(period)), [.. buckets.Select(b => Visible(actor, calculator.Over(b)))]);
    }

    /// <summary>An enterprise learns the ratio; the amounts behind it would tell it what its neighbours take.</summary>
    private static AirPowerRatio Visible(Actor actor, AirPowerRatio ratio) =>
        actor.Role == Role.Enterprise ? ratio with { Energy = null, Volume = null } : ratio;

    private async Task<IReadOnlyList<RegisterSeries>> SeriesAsync(
        IReadOnlyList<TagId> tags, Interval period, CancellationToken cancellationToken)
    {
        var wider = new Interval(period.Start - Margin, period.End + Margin);
        var found = new List<RegisterSeries>();
        foreach (var tag in tags)
        {
            if (await registers.ReadAsync(tag, wider, cancellationToken) is { } series) found.Add(series);
        }
        // All or none: a sum without one of its meters would be a wrong number, not a smaller one.
        return found.Count == tags.Count ? found : [];
    }
}
