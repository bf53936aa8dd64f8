using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Domain.Tests.Metering;

public sealed class CalendarBucketsTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];
    private static readonly DateTimeZone Berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];

    [Fact]
    public void Days_are_the_days_of_the_place()
    {
        var buckets = CalendarBuckets.Split(
            new(Instant.FromUtc(2026, 11, 20, 16, 0), Instant.FromUtc(2026, 11, 22, 16, 0)), Shanghai, BucketWidth.Day);

        Assert.Equal([Instant.FromUtc(2026, 11, 20, 16, 0), Instant.FromUtc(2026, 11, 21, 16, 0)], buckets.Select(b => b.Start));
    }

    [Theory]
    [InlineData(2026, 3, 29, 23)]
    [InlineData(2026, 10, 25, 25)]
    public void A_day_has_as_many_hours_as_its_clock(int year, int month, int day, int hours)
    {
        var date = new LocalDate(year, month, day);
        var period = new Interval(Berlin.AtStartOfDay(date).ToInstant(), Berlin.AtStartOfDay(date.PlusDays(1)).ToInstant());

        Assert.Equal(hours, CalendarBuckets.Split(period, Berlin, BucketWidth.Hour).Count);
        Assert.Single(CalendarBuckets.Split(period, Berlin, BucketWidth.Day));
    }

    [Fact]
    public void Buckets_are_half_open_and_leave_nothing_out()
    {
        var period = new Interval(Instant.FromUtc(2026, 10, 24, 3, 20), Instant.FromUtc(2026, 10, 26, 7, 45));
        var buckets = CalendarBuckets.Split(period, Berlin, BucketWidth.Hour);

        Assert.Equal(period.Start, buckets[0].Start);
        Assert.Equal(period.End, buckets[^1].End);
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
    }

    [Fact]
    public void Too_many_buckets_are_refused() => Assert.Throws<ArgumentException>(() => CalendarBuckets.Split(
        new(Instant.FromUtc(1990, 1, 1, 0, 0), Instant.FromUtc(2026, 1, 1, 0, 0)), Shanghai, BucketWidth.Hour));

    [Fact]
    public void Months_are_the_months_of_the_place()
    {
        var period = new Interval(Instant.FromUtc(2026, 1, 14, 16, 0), Instant.FromUtc(2026, 3, 14, 16, 0));

        Assert.Equal(
            [period.Start, Instant.FromUtc(2026, 1, 31, 16, 0), Instant.FromUtc(2026, 2, 28, 16, 0)],
            CalendarBuckets.Split(period, Shanghai, BucketWidth.Month).Select(b => b.Start));
    }

    [Fact]
    public void Any_width_is_counted_from_midnight()
    {
        var day = new LocalDate(2026, 3, 29);
        var period = new Interval(Berlin.AtStartOfDay(day).ToInstant(), Berlin.AtStartOfDay(day.PlusDays(1)).ToInstant());

        var buckets = CalendarBuckets.Split(period, Berlin, Duration.FromHours(7));

        // 23 hours: 7, 7, 7 and what is left of the day.
        Assert.Equal([7.0, 7, 7, 2], buckets.Select(b => b.Duration.TotalHours));
        Assert.Throws<ArgumentException>(() => CalendarBuckets.Split(period, Berlin, Duration.Zero));
        Assert.Equal(92, CalendarBuckets.Split(period, Berlin, Duration.FromMinutes(15)).Count);
    }

    [Fact]
    public void A_tariff_changes_at_times_of_the_local_day()
    {
        var period = new Interval(Instant.FromUtc(2026, 7, 1, 2, 0), Instant.FromUtc(2026, 7, 2, 2, 0));

        var buckets = CalendarBuckets.Split(period, Shanghai, [new LocalTime(8, 0), new(12, 0), new(22, 0)]);

        // From ten in the morning: noon, ten at night, eight, ten again.
        Assert.Equal([2.0, 10, 10, 2], buckets.Select(b => b.Duration.TotalHours));
        Assert.Throws<ArgumentException>(() => CalendarBuckets.Split(period, Shanghai, []));
    }

    [Fact]
    public void A_tariff_that_changes_in_a_skipped_hour_changes_when_there_is_one_again()
    {
        var period = new Interval(Instant.FromUtc(2026, 3, 29, 0, 0), Instant.FromUtc(2026, 3, 29, 4, 0));

        Assert.Equal(
            Instant.FromUtc(2026, 3, 29, 1, 30),
            CalendarBuckets.Split(period, Berlin, [new LocalTime(2, 30)])[1].Start);
    }
}
