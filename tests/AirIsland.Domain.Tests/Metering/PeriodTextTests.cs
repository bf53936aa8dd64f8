using AirIsland.Domain.Metering;
using NodaTime;

namespace AirIsland.Domain.Tests.Metering;

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
    [InlineData("2026-11-01T08:30:00+08:00")]
    [InlineData("2026-11-01T08:30:00 08:00")]
    [InlineData("2026-11-01T00:30:00Z")]
    public void A_time_of_day_may_be_given(string from) =>
        Assert.Equal(Instant.FromUtc(2026, 11, 1, 0, 30), PeriodText.Read(from, "2026-11-02", Shanghai).Period?.Start);

    [Theory]
    [InlineData(null, "2026-11-02", "from", PeriodFault.Missing)]
    [InlineData("2026-11-01", " ", "to", PeriodFault.Missing)]
    [InlineData("2026-13-01", "2026-11-02", "from", PeriodFault.NotADate)]
    [InlineData("2026-11-01", "2026-11-31", "to", PeriodFault.NotADate)]
    [InlineData("2026-11-01", "yesterday", "to", PeriodFault.NotADate)]
    [InlineData("2026-11-02", "2026-11-02", "to", PeriodFault.NotAfterStart)]
    [InlineData("2024-11-02", "2026-11-02", "to", PeriodFault.TooLong)]
    [InlineData("1969-12-31", "1970-11-02", "from", PeriodFault.OutOfRange)]
    [InlineData("2026-11-02", "9999-12-31T23:59:59", "to", PeriodFault.OutOfRange)]
    public void A_malformed_period_names_its_field(string? from, string? to, string field, PeriodFault fault) =>
        Assert.Equal(new PeriodMistake(field, fault), Assert.Single(PeriodText.Read(from, to, Shanghai).Mistakes));

    [Fact]
    public void Every_mistake_is_named() =>
        Assert.Equal(["from", "to"], PeriodText.Read("soon", null, Shanghai).Mistakes.Select(m => m.Field));

    [Fact]
    public void What_is_written_can_be_read()
    {
        var end = Instant.FromUtc(2026, 11, 22, 21, 45).PlusNanoseconds(512_000_000);
        var period = new Interval(Instant.FromUtc(2026, 11, 9, 21, 30, 7), end);

        var again = PeriodText.Read(PeriodText.Write(period.Start, Shanghai), PeriodText.Write(period.End, Shanghai), Shanghai);

        Assert.Equal(period, again.Period);
    }
}
