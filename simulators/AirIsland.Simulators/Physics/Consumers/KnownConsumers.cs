namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>
/// The two companies of the first real station. Published are their yearly volumes, and 7,200 production hours. Assumed, because it is
/// not published: the cubic metre is Standard20; the hours are three shifts on all days but Sundays and statutory holidays (300 days
/// in 2025 and 2026: 52 Sundays and 13 holidays are the 1,560 h of standstill); the machines, chosen for the trade.
/// </summary>
public static class KnownConsumers
{
    private static readonly DayOfWeek[] SixDays =
    [
        DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday,
    ];

    /// <summary>Night, early and late shift, midnight to midnight.</summary>
    private static readonly ShiftSpec[] ThreeShifts =
    [
        new() { FromHour = 0, ToHour = 8, Days = SixDays },
        new() { FromHour = 8, ToHour = 16, Days = SixDays },
        new() { FromHour = 16, ToHour = 24, Days = SixDays },
    ];

    /// <summary>利佛德: plastics, moulding in cycles and blowing off. 18,000,000 m³ a year.</summary>
    public static ConsumerSpec Lifode { get; } = new()
    {
        Name = "lifode",
        Shifts = ThreeShifts,
        Holidays = HolidayPolicy.Statutory,
        Machines =
        [
            new()
            {
                Name = "blow moulding", Count = 6, FlowM3PerMin = 5.2, Duty = 0.7, CycleSeconds = 90, IdleShare = 0.35,
                SpreadMinutes = 12, WarmUpMinutes = 10, WarmUpShare = 0.3, Availability = 0.95,
            },
            new()
            {
                Name = "injection moulding", Count = 8, FlowM3PerMin = 1.4, Duty = 0.6, CycleSeconds = 300, IdleShare = 0.3,
                SpreadMinutes = 15, WarmUpMinutes = 15, WarmUpShare = 0.2, Availability = 0.9,
            },
            new()
            {
                Name = "blow-off", Count = 6, FlowM3PerMin = 1.6, Regulated = false, Duty = 0.5, CycleSeconds = 120,
                SpreadMinutes = 20, Availability = 0.9,
            },
            new() { Name = "conveying", Count = 2, FlowM3PerMin = 2.2, Regulated = false, SpreadMinutes = 10, Availability = 0.95 },
        ],
        IdleM3PerMin = 0.4,
        MonthFactors = [0.96, 0.90, 1.00, 1.01, 1.02, 1.03, 1.03, 1.02, 1.02, 1.00, 1.01, 1.00],
        DayVariation = 0.04,
        MinuteVariation = 0.02,
        YearlyM3 = 18_000_000,
    };

    /// <summary>松原: car parts, steady lines and air tools. 22,000,000 m³ a year.</summary>
    public static ConsumerSpec Songyuan { get; } = new()
    {
        Name = "songyuan",
        Shifts = ThreeShifts,
        Holidays = HolidayPolicy.Statutory,
        Machines =
        [
            new()
            {
                Name = "webbing line", Count = 10, FlowM3PerMin = 2.9, SpreadMinutes = 8, WarmUpMinutes = 5, WarmUpShare = 0.5,
                Availability = 0.96,
            },
            new()
            {
                Name = "assembly line", Count = 8, FlowM3PerMin = 2.1, Duty = 0.65, CycleSeconds = 240, IdleShare = 0.4,
                SpreadMinutes = 12, WarmUpMinutes = 3, WarmUpShare = 0.5, Availability = 0.92,
            },
            new()
            {
                Name = "air tools", Count = 6, FlowM3PerMin = 1.7, Regulated = false, Duty = 0.45, CycleSeconds = 90,
                SpreadMinutes = 15, Availability = 0.9,
            },
            new() { Name = "cleaning", Count = 3, FlowM3PerMin = 2.6, Regulated = false, SpreadMinutes = 20, Availability = 0.9 },
        ],
        IdleM3PerMin = 0.6,
        MonthFactors = [0.97, 0.91, 1.01, 1.01, 1.01, 1.00, 0.98, 0.98, 1.03, 1.02, 1.04, 1.04],
        DayVariation = 0.03,
        MinuteVariation = 0.015,
        YearlyM3 = 22_000_000,
    };
}
