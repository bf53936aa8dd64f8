using AirIsland.Simulators.Physics.Calendar;

namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>Which shifts begin on which day.</summary>
internal sealed class WorkPlan
{
    private const int EveryWorkday = 0b0111110;
    private const int EveryDay = 0b1111111;
    private const int SecondsPerHour = 3600;
    private const int SecondsPerDay = 86_400;

    private readonly ConsumerSpec _spec;
    private readonly HolidayTable _holidays;
    private readonly (int From, int To, int Days)[] _shifts;

    public WorkPlan(ConsumerSpec spec, HolidayTable holidays)
    {
        (_spec, _holidays) = (spec, holidays);
        _shifts = [.. spec.Shifts.Select(SecondsOf).OrderBy(s => s.Item1)];
    }

    public int ShiftCount => _shifts.Length;

    /// <summary>First and last second of that shift since the midnight before it begins.</summary>
    public (int From, int To) Shift(int index) => (_shifts[index].From, _shifts[index].To);

    /// <summary>Whether that shift begins on that day.</summary>
    public bool Begins(int index, int dayNumber)
    {
        var kind = _holidays.KindOf(dayNumber);
        var weekday = StationTime.WeekdayOf(dayNumber);
        if (_spec.Holidays == HolidayPolicy.AsNoticed && kind == DayKind.MakeUp) weekday = DayOfWeek.Monday;
        return (_shifts[index].Days & (1 << (int)weekday)) != 0 && !IsHoliday(kind) && !IsShutDown(dayNumber);
    }

    /// <summary>Seconds of that day, midnight to midnight, that lie in a shift.</summary>
    public int SecondsOn(int dayNumber)
    {
        var (sum, end) = (0, 0);
        for (var before = 1; before >= 0; before--)
            for (var i = 0; i < _shifts.Length; i++)
            {
                if (!Begins(i, dayNumber - before)) continue;
                var from = Math.Max(end, _shifts[i].From - before * SecondsPerDay);
                var to = Math.Min(SecondsPerDay, _shifts[i].To - before * SecondsPerDay);
                if (to <= from) continue;
                sum += to - from;
                end = to;
            }
        return sum;
    }

    private static (int, int, int) SecondsOf(ShiftSpec shift)
    {
        var from = (int)(shift.FromHour * SecondsPerHour);
        var to = (int)(shift.ToHour * SecondsPerHour);
        var days = shift.Days.Aggregate(0, (mask, day) => mask | 1 << (int)day);
        return (from, to > from ? to : to + SecondsPerDay, shift.Daily ? EveryDay : days == 0 ? EveryWorkday : days);
    }

    private bool IsHoliday(DayKind kind) => _spec.Holidays switch
    {
        HolidayPolicy.None => false,
        HolidayPolicy.Statutory => kind == DayKind.Statutory,
        _ => kind is DayKind.Statutory or DayKind.Bridge,
    };

    private bool IsShutDown(int dayNumber)
    {
        for (var i = 0; i < _spec.Shutdowns.Count; i++)
            if (_spec.Shutdowns[i].First.DayNumber <= dayNumber && dayNumber <= _spec.Shutdowns[i].Last.DayNumber) return true;
        return false;
    }
}
