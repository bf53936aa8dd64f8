using AirIsland.Web.Billing;
using NodaTime;

namespace AirIsland.Web.Tests.Billing;

public sealed class PeriodTextTests
{
    private static readonly DateTimeZone Shanghai = DateTimeZoneProviders.Tzdb["Asia/Shanghai"];

    [Fact]
    public void Dates_begin_at_midnight_of_the_site() =>
        Assert.Equal(
            new Interval(Instant.FromUtc(2026, 10, 31, 16, 0), Instant.FromUtc(2026, 11, 30, 16, 0)),
            PeriodText.Read("2026-11-01", "2026-12-01", Shanghai).Period);

    [Theory]
    [InlineData("2026-11-01T08:30")]
    [InlineData("2026-11-01 08:30")]
    [InlineData("2026-11-01 08:30:00")]
    public void A_time_of_day_may_be_given(string from) =>
        Assert.Equal(Instant.FromUtc(2026, 11, 1, 0, 30), PeriodText.Read(from, "2026-11-02", Shanghai).Period?.Start);

    [Theory]
    [InlineData(null, "2026-11-02", "from", PeriodFault.Missing)]
    [InlineData("2026-11-01", " ", "to", PeriodFault.Missing)]
    [InlineData("2026-13-01", "2026-11-02", "from", PeriodFault.NotADate)]
    [InlineData("2026-11-01", "2026-11-31", "to", PeriodFault.NotADate)]
    [InlineData("2026-11-01", "yesterday", "to", PeriodFault.NotADate)]
    [InlineData("2026-11-02", "2026-11-02", "to", PeriodFault.NotAfterStart)]
    public void A_malformed_period_names_its_field(string? from, string? to, string field, PeriodFault fault) =>
        Assert.Equal(new PeriodText(null, field, fault), PeriodText.Read(from, to, Shanghai));

    [Fact]
    public void What_is_written_can_be_read()
    {
        var period = new Interval(Instant.FromUtc(2026, 11, 9, 21, 30, 7), Instant.FromUtc(2026, 11, 22, 21, 45));

        var again = PeriodText.Read(PeriodText.Write(period.Start, Shanghai), PeriodText.Write(period.End, Shanghai), Shanghai);

        Assert.Equal(period, again.Period);
    }

    [Fact]
    public void The_default_is_what_is_covered_of_the_latest_month()
    {
        var early = new Interval(Instant.FromUtc(2026, 9, 1, 0, 0), Instant.FromUtc(2026, 11, 22, 21, 45, 0).PlusNanoseconds(5));
        var late = new Interval(Instant.FromUtc(2026, 11, 9, 21, 30).PlusNanoseconds(1), early.End);

        var november = Instant.FromUtc(2026, 10, 31, 16, 0);
        Assert.Equal(new Interval(november, Instant.FromUtc(2026, 11, 22, 21, 45)), DefaultPeriod.Of(early, Shanghai));
        Assert.Equal(Instant.FromUtc(2026, 11, 9, 21, 30, 1), DefaultPeriod.Of(late, Shanghai)?.Start);
    }

    [Fact]
    public void There_is_no_default_for_a_single_read()
    {
        var read = Instant.FromUtc(2026, 11, 9, 21, 30);

        Assert.Null(DefaultPeriod.Of(new Interval(read, read), Shanghai));
    }
}
