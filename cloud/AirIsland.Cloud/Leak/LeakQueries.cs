using AirIsland.Cloud.Metering;
using AirIsland.Domain.Leak;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Ledger;
using NodaTime;

namespace AirIsland.Cloud.Leak;

/// <summary>Night-minimum leak estimates of a station's companies.</summary>
public sealed class LeakQueries(StationLedger ledger, RegisterReader registers, [FromKeyedServices(StationClock.Key)] TimeProvider time)
{
    /// <summary>The longest period one question may be about: every flow sample of it is read.</summary>
    public static readonly Duration Longest = Duration.FromDays(31);

    /// <summary>One night and what lies around it.</summary>
    private static readonly Duration Window = Duration.FromHours(24);

    /// <summary>The last day, up to now.</summary>
    public Interval LastDay()
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return new(now - Window, now);
    }

    /// <summary>Null when the station does not exist or the actor may not see it.</summary>
    public async Task<IReadOnlyList<LeakEstimate>?> EstimatesAsync(
        Actor actor, StationId id, Interval period, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.MaySee(id)) return null;
        if ((await ledger.StationsAsync(cancellationToken)).FirstOrDefault(s => s.Id == id) is not { } station) return null;
        var method = new NightMinimum(DateTimeZoneProviders.Tzdb[station.Zone], ReferenceState.Normal);
        var estimates = new List<LeakEstimate>();
        foreach (var company in (await ledger.CompaniesAsync(id, cancellationToken)).Where(actor.MaySee))
            estimates.Add(await EstimateAsync(method, company, period, cancellationToken));
        return estimates;
    }

    private async Task<LeakEstimate> EstimateAsync(
        NightMinimum method, Company company, Interval window, CancellationToken cancellationToken)
    {
        var points = await ledger.SupplyPointsAsync(company.Id, cancellationToken);
        if (points.Count != 1 || await registers.TagAsync(points[0].Flow, cancellationToken) is not { } flow)
            return new(company.Id, null, null, 0) { Unknown = "the company has no flow tag with samples" };
        var samples = await registers.SamplesAsync(flow, window, cancellationToken);
        return method.Estimate(company.Id, flow, samples, [.. await ledger.IdleWindowsAsync(company.Id, cancellationToken)]);
    }
}
