using AirIsland.Simulators.Physics.Calendar;
using AirIsland.Simulators.Physics.Noise;

namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>
/// A company's use of air through time. <see cref="At"/> is a pure function of seed and instant, however it is stepped; it keeps the
/// day's plan and the machines' present state only to be quick. Machines switch on whole seconds of the site. No allocation after the
/// constructor. Not for two threads.
/// </summary>
public sealed class Consumer
{
    private const double SecondsPerDay = StationCalendar.SecondsPerDay;
    private const double SecondsPerMinute = 60;
    private const int YearDays = 365;

    /// <summary>Time between two independent values of the variation within minutes, s. Chosen.</summary>
    private const double KnotSeconds = 240;
    private const int KnotChannel = 2;

    private readonly StationCalendar _calendar;
    private readonly ulong _seed;
    private readonly WorkPlan _plan;
    private readonly DayLevel _level;
    private readonly Machine[] _machines;
    private readonly double[] _flows, _shares;
    private readonly bool[] _regulated;
    private readonly int[] _untils;
    private readonly double _idle, _variation;

    private double _dayStart = double.PositiveInfinity, _machineLevel, _idleLevel;
    private int _from, _until;
    private double _regulatedNow, _unregulatedNow;
    private long _knot = long.MinValue;
    private double _knotLow, _knotRise;

    /// <exception cref="ArgumentException">The description contradicts itself; the message says where.</exception>
    public Consumer(ConsumerSpec spec, StationCalendar calendar, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(calendar);
        ConsumerCheck.Throw(spec);
        (Spec, _calendar, _seed, _variation) = (spec, calendar, seed, spec.MinuteVariation);
        _plan = new(spec, calendar.Holidays);
        _level = new(spec, calendar.StartDayNumber, seed);
        MachineSpec[] each = [.. spec.Machines.SelectMany(m => Enumerable.Repeat(m, m.Count))];
        _machines = [.. each.Select((m, number) => new Machine(m, PlanOf(m, calendar.Holidays), seed, number))];
        _flows = [.. each.Select(m => m.FlowM3PerMin * KgPerSPerM3PerMin)];
        _regulated = [.. each.Select(m => m.Regulated)];
        _idle = spec.IdleM3PerMin * KgPerSPerM3PerMin;
        (_shares, _untils) = (new double[each.Length], new int[each.Length]);

        var (kg, seconds) = YearAsDescribed();
        Scale = spec.YearlyM3 is { } yearly && kg > 0 ? yearly * KgPerM3 / kg : 1;
        YearlyM3 = kg * Scale / KgPerM3;
        ProductionHours = seconds / 3600.0;
        for (var i = 0; i < _flows.Length; i++) _flows[i] *= Scale;
        _idle *= Scale;
    }

    /// <summary>Dry air in a cubic metre at Standard20, kg.</summary>
    public static double KgPerM3 => DryAir.KgPerStandard20M3;

    public ConsumerSpec Spec { get; }

    /// <summary>What every described flow was multiplied by so that the year meets <see cref="ConsumerSpec.YearlyM3"/>.</summary>
    public double Scale { get; }

    /// <summary>
    /// What it takes in the 365 days from the station's first day at the reference pressure, m³ at Standard20, as if it were a customer
    /// for all of them and without the variation within minutes (whose mean is 0).
    /// </summary>
    public double YearlyM3 { get; }

    /// <summary>Hours of those 365 days that lie in a shift.</summary>
    public double ProductionHours { get; }

    /// <summary>What it wants now: the last <see cref="At"/>.</summary>
    public AirDemand Demand { get; private set; }

    private static double KgPerSPerM3PerMin => KgPerM3 / SecondsPerMinute;

    /// <summary>What it wants at that instant, which is then the <see cref="Demand"/> that <see cref="Take"/> is about.</summary>
    /// <param name="seconds">Seconds since the station's start.</param>
    public AirDemand At(double seconds)
    {
        var site = _calendar.SiteSeconds(seconds);
        var sinceMidnight = site - _dayStart;
        if (!(sinceMidnight >= 0 && sinceMidnight < SecondsPerDay))
        {
            TurnDay(StationCalendar.DayIndexOf(site));
            sinceMidnight = site - _dayStart;
        }
        var second = (int)sinceMidnight;
        if (second < _from || second >= _until) Switch(second);
        var factor = _machineLevel * (1 + _variation * Variation(site));
        Demand = new(_regulatedNow * factor, _unregulatedNow * factor + _idleLevel);
        return Demand;
    }

    /// <summary>
    /// What it takes at a pressure at its connection. Regulated machines: their flow. Unregulated ones: q·p/p_ref, absolute pressures.
    /// Below the starving pressure both together fall in a line to nothing at one atmosphere.
    /// </summary>
    /// <param name="pa">Pa absolute.</param>
    public AirTake Take(double pa)
    {
        var perPa = Demand.UnregulatedKgPerS / Spec.ReferencePa;
        if (pa >= Spec.StarvingPa) return new(Demand.RegulatedKgPerS + perPa * pa, perPa);
        if (pa < ConsumerCheck.AtmospherePa) return default;
        var slope = (Demand.RegulatedKgPerS + perPa * Spec.StarvingPa) / (Spec.StarvingPa - ConsumerCheck.AtmospherePa);
        return new(slope * (pa - ConsumerCheck.AtmospherePa), slope);
    }

    /// <summary>Hours of a day (<see cref="DateOnly.DayNumber"/>) that lie in a shift while it is a customer.</summary>
    public double ShiftHoursOn(int dayNumber) => _level.IsCustomer(dayNumber) ? _plan.SecondsOn(dayNumber) / 3600.0 : 0;

    private WorkPlan PlanOf(MachineSpec machine, HolidayTable holidays) =>
        machine.Shifts.Count == 0 ? _plan : new(Spec with { Shifts = machine.Shifts }, holidays);

    private void TurnDay(int dayIndex)
    {
        var day = _calendar.StartDayNumber + dayIndex;
        _dayStart = dayIndex * SecondsPerDay;
        (_from, _until) = (0, 0);
        var isCustomer = _level.IsCustomer(day);
        _machineLevel = isCustomer ? _level.Machines(day) : 0;
        _idleLevel = isCustomer ? _idle : 0;
        foreach (var machine in _machines) machine.Plan(day);
        Array.Clear(_untils);
    }

    private void Switch(int second)
    {
        if (second < _from) Array.Clear(_untils);
        var (regulated, unregulated, until) = (0.0, 0.0, (int)SecondsPerDay);
        for (var i = 0; i < _machines.Length; i++)
        {
            if (second >= _untils[i]) _shares[i] = _machines[i].Share(second, out _untils[i]) * _flows[i];
            if (_regulated[i]) regulated += _shares[i];
            else unregulated += _shares[i];
            until = Math.Min(until, _untils[i]);
        }
        (_regulatedNow, _unregulatedNow, _from, _until) = (regulated, unregulated, second, until);
    }

    /// <summary>A line between independent values, mean 0.</summary>
    private double Variation(double site)
    {
        var knots = site / KnotSeconds;
        var knot = (long)Math.Floor(knots);
        if (knot != _knot)
        {
            // Counted from the calendar's day 0, so that the same instant has the same value wherever the station's start is.
            var index = knot + _calendar.StartDayNumber * (long)(SecondsPerDay / KnotSeconds);
            _knotLow = HashNoise.Flat(_seed, KnotChannel, index);
            _knotRise = HashNoise.Flat(_seed, KnotChannel, index + 1) - _knotLow;
            _knot = knot;
        }
        return _knotLow + _knotRise * (knots - knot);
    }

    private (double Kg, long Seconds) YearAsDescribed()
    {
        var (kg, seconds) = (0.0, 0L);
        for (var day = _calendar.StartDayNumber; day < _calendar.StartDayNumber + YearDays; day++)
        {
            var sum = 0.0;
            for (var i = 0; i < _machines.Length; i++)
            {
                _machines[i].Plan(day);
                sum += _machines[i].Sum() * _flows[i];
            }
            kg += sum * _level.Machines(day) + _idle * SecondsPerDay;
            seconds += _plan.SecondsOn(day);
        }
        return (kg, seconds);
    }
}
