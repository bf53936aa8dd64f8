using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Consumers;

namespace AirIsland.Simulators.Tests.Physics.Consumers;

/// <summary>Companies that the tests are about.</summary>
internal static class Companies
{
    public const double Day = StationCalendar.SecondsPerDay;

    public static StationCalendar Year2025 { get; } = From(2025, 1, 1);

    /// <summary>One shift from 8 to 16, Monday to Friday; one regulated machine and one that is not, each 6 m³/min.</summary>
    public static ConsumerSpec Plain { get; } = new()
    {
        Name = "plain",
        Shifts = [new() { FromHour = 8, ToHour = 16 }],
        Machines = [new() { Name = "a", FlowM3PerMin = 6 }, new() { Name = "b", FlowM3PerMin = 6, Regulated = false }],
    };

    /// <summary>Everything a company can have, with a shift over midnight and shifts that overlap.</summary>
    public static ConsumerSpec Rich { get; } = new()
    {
        Name = "rich",
        Shifts =
        [
            new() { FromHour = 22, ToHour = 6.5, Days = [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Saturday] },
            new() { FromHour = 6, ToHour = 14, Days = Enum.GetValues<DayOfWeek>() },
        ],
        Machines =
        [
            new()
            {
                Name = "cycling", Count = 7, FlowM3PerMin = 2, Duty = 0.37, CycleSeconds = 47, IdleShare = 0.2, SpreadMinutes = 25,
                WarmUpMinutes = 11, WarmUpShare = 0.5, Availability = 0.8,
            },
            new() { Name = "steady", Count = 2, FlowM3PerMin = 3, Regulated = false, SpreadMinutes = 90, Availability = 0.6 },
            new() { Name = "never warm", FlowM3PerMin = 1, Duty = 0.5, WarmUpMinutes = 600, WarmUpShare = 0.3 },
        ],
        IdleM3PerMin = 0.3,
        MonthFactors = [0.9, 0.8, 1, 1, 1.1, 1.1, 1.2, 1, 1, 1, 1, 1],
        GrowthPerYear = 0.1,
        DayVariation = 0.05,
        MinuteVariation = 0.03,
        Shutdowns = [new() { First = new(2025, 7, 7), Last = new(2025, 7, 13) }],
    };

    public static StationCalendar From(int year, int month, int day) =>
        StationCalendar.InChina(new(year, month, day, 0, 0, 0, StationCalendar.ChinaOffset));

    public static Consumer Of(ConsumerSpec spec, ulong seed = 1) => new(spec, Year2025, seed);

    /// <summary>Regulated and unregulated together at that site hour of that day, m³/min Standard20.</summary>
    public static double FlowAt(Consumer consumer, StationCalendar calendar, DateOnly date, double hour)
    {
        var demand = consumer.At((date.DayNumber - calendar.StartDayNumber) * Day + hour * 3600);
        return (demand.RegulatedKgPerS + demand.UnregulatedKgPerS) / Consumer.KgPerM3 * 60;
    }

    /// <summary>What it wants in those days, m³ Standard20 at the reference pressure, stepped second by second.</summary>
    public static double VolumeOf(Consumer consumer, int fromDay, int days)
    {
        var kg = 0.0;
        for (var second = fromDay * (int)Day; second < (fromDay + days) * (int)Day; second++)
        {
            var demand = consumer.At(second);
            kg += demand.RegulatedKgPerS + demand.UnregulatedKgPerS;
        }
        return kg / Consumer.KgPerM3;
    }
}
