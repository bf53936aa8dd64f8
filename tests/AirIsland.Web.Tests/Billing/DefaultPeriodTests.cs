using AirIsland.Web.Billing;
using NodaTime;

namespace AirIsland.Web.Tests.Billing;

public sealed class DefaultPeriodTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    [Fact]
    public void The_default_is_what_is_covered_of_the_latest_month()
    {
        var november = Instant.FromUtc(2026, 10, 31, 16, 0);
        var lastRead = Instant.FromUtc(2026, 11, 22, 21, 45).PlusNanoseconds(512_000_000);
        var firstRead = Instant.FromUtc(2026, 11, 9, 21, 30);
        var september = Instant.FromUtc(2026, 9, 1, 0, 0);

        Assert.Equal(new Interval(november, lastRead), DefaultPeriod.Of(new Interval(september, lastRead), Shanghai));
        Assert.Equal(new Interval(firstRead, lastRead), DefaultPeriod.Of(new Interval(firstRead, lastRead), Shanghai));
    }

    [Fact]
    public void There_is_no_default_for_a_single_read()
    {
        var read = Instant.FromUtc(2026, 11, 9, 21, 30);

        Assert.Null(DefaultPeriod.Of(new Interval(read, read), Shanghai));
    }
}
