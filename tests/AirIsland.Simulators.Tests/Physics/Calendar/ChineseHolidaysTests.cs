using AirIsland.Simulators.Physics.Calendar;

namespace AirIsland.Simulators.Tests.Physics.Calendar;

public sealed class ChineseHolidaysTests
{
    private static readonly HolidayTable Table = ChineseHolidays.Table;

    [Theory]
    [InlineData("2024-02-10", DayKind.Statutory)]
    [InlineData("2024-02-18", DayKind.MakeUp)]
    [InlineData("2024-05-11", DayKind.MakeUp)]
    [InlineData("2025-01-02", DayKind.Ordinary)]
    [InlineData("2025-01-26", DayKind.MakeUp)]
    [InlineData("2025-02-04", DayKind.Bridge)]
    [InlineData("2025-10-06", DayKind.Statutory)]
    [InlineData("2025-10-08", DayKind.Bridge)]
    [InlineData("2026-01-04", DayKind.MakeUp)]
    [InlineData("2026-02-16", DayKind.Statutory)]
    [InlineData("2026-02-23", DayKind.Bridge)]
    [InlineData("2026-02-24", DayKind.Ordinary)]
    [InlineData("2026-09-20", DayKind.MakeUp)]
    [InlineData("2028-10-01", DayKind.Ordinary)]
    public void The_table_says_what_the_notices_say(string date, DayKind kind) => Assert.Equal(kind, KindOf(DateOnly.Parse(date, null)));

    [Fact]
    public void Make_up_days_are_weekend_days_on_which_the_country_works()
    {
        foreach (var year in Table.Years)
            foreach (var monthDay in year.MakeUp)
            {
                var date = new DateOnly(year.Year, monthDay / 100, monthDay % 100);
                Assert.True(date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, date.ToString("O", null));
                Assert.True(new StationTime(date.DayNumber, 0, 0, KindOf(date)).IsWorkingDay);
            }
    }

    [Theory]
    [InlineData(2024)]
    [InlineData(2025)]
    [InlineData(2026)]
    [InlineData(2027)]
    public void Every_free_weekday_is_statutory_or_paid_for_by_a_make_up_day_or_given_for_a_weekend(int year)
    {
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(d => new DateOnly(year, 1, 1).AddDays(d)).ToList();
        var freeWeekdays = days.Count(d => !IsWeekend(d) && KindOf(d) is DayKind.Statutory or DayKind.Bridge);
        var makeUps = days.Count(d => KindOf(d) == DayKind.MakeUp);

        // What the state gives: 11 days until 2024, 13 since.
        Assert.Equal(year == 2024 ? 11 : 13, freeWeekdays - makeUps);
    }

    [Fact]
    public void Only_2027_is_assumed() =>
        Assert.Equal([2027], Table.Years.Where(y => !y.Announced).Select(y => y.Year));

    [Fact]
    public void The_table_knows_its_years_and_no_others()
    {
        Assert.True(Table.Covers(new DateOnly(2024, 1, 1).DayNumber) && Table.Covers(new DateOnly(2027, 12, 31).DayNumber));
        Assert.False(Table.Covers(new DateOnly(2023, 12, 31).DayNumber) || Table.Covers(new DateOnly(2028, 1, 1).DayNumber));
        Assert.Throws<ArgumentException>(() => new HolidayTable([Table.Years[0], Table.Years[2]]));
    }

    private static bool IsWeekend(DateOnly date) => date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static DayKind KindOf(DateOnly date) => Table.KindOf(date.DayNumber);
}
