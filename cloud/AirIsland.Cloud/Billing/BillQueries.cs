using AirIsland.Cloud.Metering;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Ledger;
using AirIsland.Web.Billing;
using NodaTime;

namespace AirIsland.Cloud.Billing;

/// <summary>Bills on request: fetches the reads and the contract, lets the domain compute.</summary>
public sealed class BillQueries(StationLedger ledger, RegisterReader registers) : IBillQueries
{
    /// <summary>How far beside a period reads are looked for, to interpolate its ends.</summary>
    private static readonly Duration Margin = Duration.FromDays(1);

    public async ValueTask<Company?> CompanyAsync(Actor actor, CompanyId company, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await ledger.CompanyAsync(company, cancellationToken) is { } known && actor.MaySee(known) ? known : null;
    }

    public async ValueTask<BillOutcome?> BillAsync(Actor actor, CompanyId company, Interval period, CancellationToken cancellationToken)
    {
        if (await CompanyAsync(actor, company, cancellationToken) is not { } known) return null;
        var points = await ledger.SupplyPointsAsync(company, cancellationToken);
        if (points.Count != 1 || await registers.ReadAsync(points[0].Volume, Wider(period), cancellationToken) is not { } series)
            return new Unbillable(UnbillableReason.NoReads, $"{company} has no volume register with reads", null, null);
        return BillCalculator.Compute(known, period, series, await ledger.ContractAsync(company, cancellationToken));
    }

    public async ValueTask<Interval?> CoverageAsync(Actor actor, CompanyId company, CancellationToken cancellationToken)
    {
        if (await CompanyAsync(actor, company, cancellationToken) is null) return null;
        var points = await ledger.SupplyPointsAsync(company, cancellationToken);
        if (points.Count != 1) return null;
        return await registers.ExtentAsync(points[0].Volume, cancellationToken);
    }

    private static Interval Wider(Interval period) => new(period.Start - Margin, period.End + Margin);
}
