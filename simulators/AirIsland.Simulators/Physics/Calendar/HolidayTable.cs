namespace AirIsland.Simulators.Physics.Calendar;

/// <summary>
/// What kind of day each day is, in one array look-up. Outside the years it was given every day is <see cref="DayKind.Ordinary"/>:
/// <see cref="Covers"/> tells.
/// </summary>
public sealed class HolidayTable
{
    private readonly DayKind[] _kinds;
    private readonly int _first;

    /// <exception cref="ArgumentException">The years are not consecutive.</exception>
    public HolidayTable(IReadOnlyList<HolidayYear> years)
    {
        ArgumentNullException.ThrowIfNull(years);
        Years = years;
        if (years.Count == 0)
        {
            _kinds = [];
            return;
        }
        if (years.Where((year, i) => year.Year != years[0].Year + i).Any())
            throw new ArgumentException("the years of a holiday table are consecutive", nameof(years));
        _first = new DateOnly(years[0].Year, 1, 1).DayNumber;
        _kinds = new DayKind[new DateOnly(years[^1].Year + 1, 1, 1).DayNumber - _first];
        foreach (var year in years) Enter(year);
    }

    /// <summary>No holidays at all: weekdays decide.</summary>
    public static HolidayTable None { get; } = new([]);

    public IReadOnlyList<HolidayYear> Years { get; }

    /// <summary>Whether the table knows that day (<see cref="DateOnly.DayNumber"/>).</summary>
    public bool Covers(int dayNumber) => (uint)(dayNumber - _first) < (uint)_kinds.Length;

    /// <summary>The kind of that day (<see cref="DateOnly.DayNumber"/>).</summary>
    public DayKind KindOf(int dayNumber) => Covers(dayNumber) ? _kinds[dayNumber - _first] : DayKind.Ordinary;

    private void Enter(HolidayYear year)
    {
        foreach (var span in year.Off)
            for (var day = IndexOf(year, span.First); day <= IndexOf(year, span.Last); day++) _kinds[day] = DayKind.Bridge;
        foreach (var day in year.Statutory) _kinds[IndexOf(year, day)] = DayKind.Statutory;
        foreach (var day in year.MakeUp) _kinds[IndexOf(year, day)] = DayKind.MakeUp;
    }

    private int IndexOf(HolidayYear year, int monthDay) => new DateOnly(year.Year, monthDay / 100, monthDay % 100).DayNumber - _first;
}
