namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>An instant on the station's wall clock.</summary>
/// <param name="DayNumber">The site's day, <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="DayIndex">Days since the day on which the station started: 0 on that day.</param>
/// <param name="SecondOfDay">Seconds since the site's midnight, 0 to below 86,400.</param>
/// <param name="Kind">What the state says about the day.</param>
public readonly record struct StationTime(int DayNumber, int DayIndex, double SecondOfDay, DayKind Kind)
{
    public int MinuteOfDay => (int)(SecondOfDay / 60);

    public DayOfWeek Weekday => WeekdayOf(DayNumber);

    public DateOnly Date => DateOnly.FromDayNumber(DayNumber);

    /// <summary>Whether the country works: Monday to Friday without the holidays, and the make-up days.</summary>
    public bool IsWorkingDay => Kind switch
    {
        DayKind.MakeUp => true,
        DayKind.Ordinary => Weekday is not (DayOfWeek.Saturday or DayOfWeek.Sunday),
        _ => false,
    };

    /// <summary>The weekday of a <see cref="DateOnly.DayNumber"/>: day 0, 1 January of the year 1, was a Monday.</summary>
    public static DayOfWeek WeekdayOf(int dayNumber) => (DayOfWeek)((dayNumber + 1) % 7);
}
