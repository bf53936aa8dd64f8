using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// Splits a period into the hours, days, months or tariff times of a place. Half-open; a day has 23, 24 or 25 hours; the first and last
/// may be parts.
/// </summary>
public static class CalendarBuckets
{
    /// <summary>Most buckets one question may give.</summary>
    public const int Limit = 10_000;

    /// <exception cref="ArgumentException">The period has more than <see cref="Limit"/> buckets.</exception>
    public static IReadOnlyList<Interval> Split(Interval period, DateTimeZone zone, BucketWidth width)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Split(period, start => width switch
        {
            BucketWidth.Hour => NextHour(start, zone),
            BucketWidth.Day => NextDay(start, zone),
            _ => NextMonth(start, zone),
        });
    }

    /// <summary>Buckets of one elapsed width, counted from each local midnight, which ends one too: a day's last may be shorter.</summary>
    /// <exception cref="ArgumentException">The width is not above zero, or there are more than <see cref="Limit"/> buckets.</exception>
    public static IReadOnlyList<Interval> Split(Interval period, DateTimeZone zone, Duration width)
    {
        ArgumentNullException.ThrowIfNull(zone);
        if (width <= Duration.Zero) throw new ArgumentException($"{width} is no width", nameof(width));
        return Split(period, start =>
        {
            var midnight = zone.AtStartOfDay(start.InZone(zone).Date).ToInstant();
            var next = midnight + (width * (Math.Floor((start - midnight) / width) + 1));
            return Instant.Min(next, NextDay(start, zone));
        });
    }

    /// <summary>
    /// The stretches of a tariff: it changes at these times of the local day. Where a clock skips one, at the next that is.
    /// </summary>
    /// <exception cref="ArgumentException">There is no time, or there are more than <see cref="Limit"/> buckets.</exception>
    public static IReadOnlyList<Interval> Split(Interval period, DateTimeZone zone, IReadOnlyCollection<LocalTime> changes)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count == 0) throw new ArgumentException("a tariff changes at some time of the day", nameof(changes));
        return Split(period, start =>
        {
            var today = start.InZone(zone).Date;
            return new[] { today, today.PlusDays(1) }
                .SelectMany(day => changes.Select(time => zone.AtLeniently(day + time).ToInstant()))
                .Where(change => change > start).Min();
        });
    }

    private static List<Interval> Split(Interval period, Func<Instant, Instant> after)
    {
        var buckets = new List<Interval>();
        for (var start = period.Start; start < period.End;)
        {
            if (buckets.Count == Limit) throw new ArgumentException($"the period has more than {Limit} buckets", nameof(period));
            var next = Instant.Min(after(start), period.End);
            buckets.Add(new(start, next));
            start = next;
        }
        return buckets;
    }

    private static Instant NextDay(Instant start, DateTimeZone zone) => zone.AtStartOfDay(start.InZone(zone).Date.PlusDays(1)).ToInstant();

    private static Instant NextMonth(Instant start, DateTimeZone zone) =>
        zone.AtStartOfDay(start.InZone(zone).Date.With(DateAdjusters.StartOfMonth).PlusMonths(1)).ToInstant();

    /// <summary>The next full hour of the local clock; real elapsed time, so that no hour is lost or doubled when clocks change.</summary>
    private static Instant NextHour(Instant start, DateTimeZone zone)
    {
        var local = start.InZone(zone);
        return start + Duration.FromHours(1) - (local.TimeOfDay - new LocalTime(local.Hour, 0)).ToDuration();
    }
}
