using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// Splits a period into the hours or days of a place. Half-open; a day has 23, 24 or 25 hours; the first and last may be parts.
/// </summary>
public static class CalendarBuckets
{
    /// <summary>Most buckets one question may give.</summary>
    public const int Limit = 10_000;

    /// <exception cref="ArgumentException">The period has more than <see cref="Limit"/> buckets.</exception>
    public static IReadOnlyList<Interval> Split(Interval period, DateTimeZone zone, BucketWidth width)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var buckets = new List<Interval>();
        for (var start = period.Start; start < period.End;)
        {
            if (buckets.Count == Limit) throw new ArgumentException($"the period has more than {Limit} buckets", nameof(period));
            var next = Instant.Min(width == BucketWidth.Hour ? NextHour(start, zone) : NextDay(start, zone), period.End);
            buckets.Add(new(start, next));
            start = next;
        }
        return buckets;
    }

    private static Instant NextDay(Instant start, DateTimeZone zone) => zone.AtStartOfDay(start.InZone(zone).Date.PlusDays(1)).ToInstant();

    /// <summary>The next full hour of the local clock; real elapsed time, so that no hour is lost or doubled when clocks change.</summary>
    private static Instant NextHour(Instant start, DateTimeZone zone)
    {
        var local = start.InZone(zone);
        return start + Duration.FromHours(1) - (local.TimeOfDay - new LocalTime(local.Hour, 0)).ToDuration();
    }
}
