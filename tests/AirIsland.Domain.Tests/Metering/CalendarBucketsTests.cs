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
}
