using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Web.Billing;

/// <summary>
/// A half-open period as people type it, in the site's zone: <c>yyyy-MM-dd</c>, if wanted followed by a blank or <c>T</c> and
/// <c>HH:mm</c> or <c>HH:mm:ss</c>.
/// Either <see cref="Period"/> is set, or <see cref="Field"/> (<c>from</c> or <c>to</c>) and what is wrong with it.
/// </summary>
public sealed record PeriodText(Interval? Period, string? Field, PeriodFault Fault)
{
    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;

    private static readonly LocalDateTimePattern[] Moments =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
    ];

    public static PeriodText Read(string? from, string? to, DateTimeZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (Check(from, zone, out var start) is { } early)
            return new(null, "from", early);
        if (Check(to, zone, out var end) is { } late)
            return new(null, "to", late);
        return end > start ? new(new Interval(start, end), null, default) : new(null, "to", PeriodFault.NotAfterStart);
    }

    /// <summary>An instant as the form and the address write it, in whole seconds.</summary>
    public static string Write(Instant at, DateTimeZone zone) =>
        at.InZone(zone).LocalDateTime.ToString("uuuu-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static PeriodFault? Check(string? text, DateTimeZone zone, out Instant at)
    {
        at = default;
        if (string.IsNullOrWhiteSpace(text))
            return PeriodFault.Missing;
        if (Local(text.Trim()) is not { } local)
            return PeriodFault.NotADate;
        at = local.InZoneLeniently(zone).ToInstant();
        return null;
    }

    private static LocalDateTime? Local(string text)
    {
        if (Day.Parse(text) is { Success: true } day)
            return day.Value.AtMidnight();
        return Moments.Select(p => p.Parse(text.Replace('T', ' '))).FirstOrDefault(r => r.Success)?.Value;
    }
}
