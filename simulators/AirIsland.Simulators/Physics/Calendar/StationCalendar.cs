namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>
/// Turns seconds since the station's start into the site's wall clock, without allocation and without a cache: a pure function.
/// The site's offset is fixed (China keeps no summer time); leap seconds are not counted.
/// </summary>
public sealed class StationCalendar
{
    public const double SecondsPerDay = 86_400;

    private readonly double _startSecondOfDay;

    /// <param name="start">The instant at which the station's second 0 is.</param>
    /// <param name="siteOffset">Site time minus UTC; +08:00 in China.</param>
    /// <param name="holidays">The holidays that the site's companies know.</param>
    public StationCalendar(DateTimeOffset start, TimeSpan siteOffset, HolidayTable holidays)
    {
        ArgumentNullException.ThrowIfNull(holidays);
        var site = start.ToOffset(siteOffset);
        StartDayNumber = DateOnly.FromDateTime(site.DateTime).DayNumber;
        _startSecondOfDay = site.TimeOfDay.TotalSeconds;
        (SiteOffset, Holidays) = (siteOffset, holidays);
    }

    /// <summary>Site time of China.</summary>
    public static TimeSpan ChinaOffset { get; } = TimeSpan.FromHours(8);

    public TimeSpan SiteOffset { get; }

    public HolidayTable Holidays { get; }

    /// <summary>The site's day of the start, <see cref="DateOnly.DayNumber"/>.</summary>
    public int StartDayNumber { get; }

    /// <summary>A station in China with its public holidays.</summary>
    public static StationCalendar InChina(DateTimeOffset start) => new(start, ChinaOffset, ChineseHolidays.Table);

    /// <summary>Seconds since the site's midnight before the start. May be below 0 for seconds before that.</summary>
    public double SiteSeconds(double seconds) => _startSecondOfDay + seconds;

    /// <summary>The day of <see cref="SiteSeconds"/>: 0 on the day of the start.</summary>
    public static int DayIndexOf(double siteSeconds)
    {
        var day = (int)Math.Floor(siteSeconds / SecondsPerDay);
        // The last instant before a midnight must not be rounded up into the next day.
        return siteSeconds < day * SecondsPerDay ? day - 1 : day;
    }

    public StationTime At(double seconds)
    {
        var site = _startSecondOfDay + seconds;
        var day = DayIndexOf(site);
        return new(StartDayNumber + day, day, site - day * SecondsPerDay, Holidays.KindOf(StartDayNumber + day));
    }
}
