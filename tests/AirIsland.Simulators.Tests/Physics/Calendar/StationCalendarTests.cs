using AirIsland.Simulators.Physics.Calendar;
using CsCheck;

namespace AirIsland.Simulators.Tests.Physics.Calendar;

public sealed class StationCalendarTests
{
    private static readonly DateTimeOffset Start = new(2025, 12, 31, 20, 30, 15, TimeSpan.Zero);
    private static readonly StationCalendar China = StationCalendar.InChina(Start);

    [Fact]
    public void Site_time_is_eight_hours_ahead_of_utc()
    {
        var time = China.At(0);

        Assert.Equal(new DateOnly(2026, 1, 1), time.Date);
        Assert.Equal(DayOfWeek.Thursday, time.Weekday);
        Assert.Equal(4 * 60 + 30, time.MinuteOfDay);
        Assert.Equal(0, time.DayIndex);
        Assert.False(time.IsWorkingDay);
    }

    [Fact]
    public void It_agrees_with_the_calendar_of_the_runtime() =>
        Gen.Double[-1e8, 2e8].Sample(seconds =>
        {
            var milliseconds = Math.Floor(seconds * 1000);
            var site = Start.ToOffset(StationCalendar.ChinaOffset).AddTicks((long)milliseconds * TimeSpan.TicksPerMillisecond);
            var time = China.At(milliseconds / 1000);
            Assert.Equal(site.DayOfWeek, time.Weekday);
            Assert.Equal(DateOnly.FromDateTime(site.DateTime), time.Date);
            Assert.Equal(site.TimeOfDay.TotalSeconds, time.SecondOfDay, 5);
        });

    [Fact]
    public void The_last_instant_of_a_day_is_not_the_next_day()
    {
        for (var day = 1; day < 4000; day++)
        {
            Assert.Equal(day - 1, StationCalendar.DayIndexOf(Math.BitDecrement(day * StationCalendar.SecondsPerDay)));
            Assert.Equal(day, StationCalendar.DayIndexOf(day * StationCalendar.SecondsPerDay));
        }
    }

    [Fact]
    public void Asking_the_time_allocates_nothing()
    {
        China.At(0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) China.At(i * 997.0);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
