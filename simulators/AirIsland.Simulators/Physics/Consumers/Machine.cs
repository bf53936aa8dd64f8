using AirIsland.Simulators.Physics.Noise;

namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>
/// One machine through one day: planned at midnight, then a step function that changes on whole seconds. A pure function of seed, day
/// and second.
/// </summary>
internal sealed class Machine
{
    private const int SecondsPerDay = 86_400;
    private const int SecondsPerMinute = 60;

    // Each machine has its own channels for its starts, stops and absences.
    private const int ChannelsPerMachine = 4;
    private const int FirstChannel = 1000;

    private readonly WorkPlan _plan;
    private readonly MachineSpec _spec;
    private readonly ulong _seed;
    private readonly int _channel, _cycle, _on, _warmUp;
    private readonly double _spread;
    private readonly MachineRun[] _runs;
    private int _count;

    public Machine(MachineSpec spec, WorkPlan plan, ulong seed, int number)
    {
        (_spec, _plan, _seed) = (spec, plan, seed);
        _channel = FirstChannel + number * ChannelsPerMachine;
        _cycle = Math.Max(1, spec.CycleSeconds);
        _on = spec.Duty >= 1 ? _cycle : Math.Clamp((int)Math.Round(spec.Duty * _cycle), 1, _cycle);
        _warmUp = (int)(spec.WarmUpMinutes * SecondsPerMinute);
        _spread = spec.SpreadMinutes * SecondsPerMinute;
        _runs = new MachineRun[2 * plan.ShiftCount];
    }

    /// <summary>Plans the day: the shifts that begin on it, and what is left of those of the day before.</summary>
    public void Plan(int dayNumber)
    {
        _count = 0;
        for (var before = 1; before >= 0; before--)
            for (var shift = 0; shift < _plan.ShiftCount; shift++)
            {
                if (!_plan.Begins(shift, dayNumber - before)) continue;
                var run = RunOf(shift, dayNumber - before, before * SecondsPerDay);
                if (run.IsEmpty || run.Stop <= 0 || run.Start >= SecondsPerDay) continue;
                // Where shifts overlap a machine goes on in the earlier one.
                var start = _count == 0 ? run.Start : Math.Max(run.Start, _runs[_count - 1].Stop);
                if (start < run.Stop) _runs[_count++] = new(start, Math.Max(start, run.Warm), run.Stop);
            }
    }

    /// <summary>The part of its flow that it takes in that second of the planned day, and the second until which that lasts.</summary>
    public double Share(int second, out int until)
    {
        for (var i = 0; i < _count; i++)
        {
            var run = _runs[i];
            if (second >= run.Stop) continue;
            if (second < run.Start)
            {
                until = run.Start;
                return 0;
            }
            if (second < run.Warm)
            {
                until = Math.Min(run.Warm, run.Stop);
                return _spec.WarmUpShare;
            }
            return Working(second, run, out until);
        }
        until = SecondsPerDay;
        return 0;
    }

    /// <summary>The planned day's sum of <see cref="Share"/> over its seconds; exact.</summary>
    public double Sum()
    {
        var sum = 0.0;
        for (var i = 0; i < _count; i++)
        {
            var run = _runs[i];
            var (start, stop) = (Math.Max(0, run.Start), Math.Min(SecondsPerDay, run.Stop));
            var warm = Math.Clamp(run.Warm, start, stop);
            var on = OnSeconds(stop - run.Warm) - OnSeconds(warm - run.Warm);
            sum += (warm - start) * _spec.WarmUpShare + on + (stop - warm - on) * _spec.IdleShare;
        }
        return sum;
    }

    private double Working(int second, MachineRun run, out int until)
    {
        if (_on == _cycle)
        {
            until = run.Stop;
            return 1;
        }
        var phase = (second - run.Warm) % _cycle;
        var isOn = phase < _on;
        until = Math.Min(run.Stop, second - phase + (isOn ? _on : _cycle));
        return isOn ? 1 : _spec.IdleShare;
    }

    private int OnSeconds(int sinceWarm) => sinceWarm <= 0 ? 0 : sinceWarm / _cycle * _on + Math.Min(sinceWarm % _cycle, _on);

    private MachineRun RunOf(int shift, int dayNumber, int later)
    {
        var key = (long)dayNumber * _plan.ShiftCount + shift;
        if (HashNoise.Uniform(_seed, _channel, key) >= _spec.Availability) return default;
        var (from, to) = _plan.Shift(shift);
        var start = from + (int)(_spread * HashNoise.Uniform(_seed, _channel + 1, key));
        var stop = to - (int)(_spread * HashNoise.Uniform(_seed, _channel + 2, key));
        return new(start - later, start + _warmUp - later, stop - later);
    }
}
