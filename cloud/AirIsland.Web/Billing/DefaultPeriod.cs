using NodaTime;

namespace AirIsland.Web.Billing;

/// <summary>
/// The period shown when none is asked for: what the register covers of the month of its latest read, in the site's zone. It begins and
/// ends at reads where it can, so that nothing is interpolated.
/// </summary>
public static class DefaultPeriod
{
    /// <returns>Null when there is only one read.</returns>
    public static Interval? Of(Interval coverage, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var month = coverage.End.InZone(zone).Date.With(DateAdjusters.StartOfMonth).AtStartOfDayInZone(zone).ToInstant();
        var start = Instant.Max(month, coverage.Start);
        return coverage.End > start ? new Interval(start, coverage.End) : null;
    }
}
