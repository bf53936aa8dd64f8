using NodaTime;

namespace AirIsland.Web.Billing;

/// <summary>
/// The period shown when none is asked for: what the register covers of the month of its latest read, in the site's zone, in whole
/// seconds so that the address can say it again.
/// </summary>
public static class DefaultPeriod
{
    /// <returns>Null when the coverage holds less than a second of that month.</returns>
    public static Interval? Of(Interval coverage, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var month = coverage.End.InZone(zone).Date.With(DateAdjusters.StartOfMonth).AtStartOfDayInZone(zone).ToInstant();
        var start = Instant.FromUnixTimeSeconds(UpToSecond(Instant.Max(month, coverage.Start)));
        var end = Instant.FromUnixTimeSeconds(coverage.End.ToUnixTimeSeconds());
        return end > start ? new Interval(start, end) : null;
    }

    private static long UpToSecond(Instant at)
    {
        var whole = at.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(whole) < at ? whole + 1 : whole;
    }
}
