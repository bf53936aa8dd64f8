using AirIsland.Domain.Billing;
using AirIsland.Domain.Stations;
using NodaTime;

namespace AirIsland.Web.Billing;

/// <summary>What the bill page asks. Implemented by the cloud; every question names who asks.</summary>
public interface IBillQueries
{
    /// <summary>The company, or null when it does not exist or the actor may not see it.</summary>
    ValueTask<Company?> CompanyAsync(Actor actor, CompanyId company, CancellationToken cancellationToken);

    /// <summary>The bill for a half-open period, or why there is none; null as for <see cref="CompanyAsync"/>.</summary>
    ValueTask<BillOutcome?> BillAsync(Actor actor, CompanyId company, Interval period, CancellationToken cancellationToken);

    /// <summary>First and last read of the company's register, null when there are none or the actor may not see it.</summary>
    ValueTask<Interval?> CoverageAsync(Actor actor, CompanyId company, CancellationToken cancellationToken);
}
