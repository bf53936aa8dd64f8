using AirIsland.Domain.Stations;
using NodaTime;
using NodaTime.Text;

namespace AirIsland.Cloud.Api;

/// <summary>
/// Reads a period from <c>from</c> and <c>to</c> of a request: an instant with offset (<c>2026-11-22T05:30:00+08:00</c>), or a date or
/// date and time on the station's clock. Half-open.
/// </summary>
internal static class PeriodQuery
{
    /// <summary>The longest period one request may ask for.</summary>
    private static readonly Duration Longest = Duration.FromDays(3660);

    /// <summary>The period, or every mistake by field.</summary>
    public static (Interval? Period, Dictionary<string, string[]> Mistakes) Parse(string? from, string? to, Station station)
    {
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        var mistakes = new Dictionary<string, string[]>();
        var start = Parse("from", from, zone, mistakes);
        var end = Parse("to", to, zone, mistakes);
        if (start >= end) mistakes["to"] = [$"'{to}' is not after from, '{from}'"];
        else if (end - start > Longest) mistakes["to"] = ["the period is longer than ten years"];
        return mistakes.Count == 0 && start is { } s && end is { } e ? (new Interval(s, e), mistakes) : (null, mistakes);
    }

    private static Instant? Parse(string field, string? text, DateTimeZone zone, Dictionary<string, string[]> mistakes)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            mistakes[field] = [$"{field} is missing"];
            return null;
        }
        // A plus sign in a query string arrives as a space.
        var clean = text.Trim().Replace(' ', '+');
        if (OffsetDateTimePattern.ExtendedIso.Parse(clean) is { Success: true } instant) return instant.Value.ToInstant();
        if (LocalDateTimePattern.ExtendedIso.Parse(clean) is { Success: true } local) return local.Value.InZoneLeniently(zone).ToInstant();
        if (LocalDatePattern.Iso.Parse(clean) is { Success: true } date) return zone.AtStartOfDay(date.Value).ToInstant();
        mistakes[field] = [$"'{text}' is no date (2026-11-22) and no instant (2026-11-22T05:30:00+08:00)"];
        return null;
    }
}
