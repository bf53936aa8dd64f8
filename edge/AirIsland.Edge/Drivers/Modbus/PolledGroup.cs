using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// One scan group of a device: read once each slot of its grid, a request at a time, so that other devices of the line have their turns in
/// between. A poll's deadline is the next slot: until then what failed is asked again, behind it a slot that was missed is left out and
/// counted, never made up for. What came of each block is handed out, whatever became of the others.
/// </summary>
internal sealed class PolledGroup
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(100);

    private readonly ModbusDevice _device;
    private readonly BoundGroup _group;
    private readonly SlotGrid _grid;
    private readonly ReadPlan _plan;
    private readonly TimeProvider _time;
    private readonly TimeProvider _real;
    private readonly long _tolerance;
    private readonly HashSet<uint> _told = [];
    private readonly HashSet<uint> _seen = [];
    private List<Reading>? _readings;
    private long _last;
    private TimeSpan _pause;
    private bool _hasLost;

    public PolledGroup(ModbusDevice device, BoundGroup group, ModbusDriverOptions options, TimeProvider time, ModbusReport report)
    {
        (_device, _group, _time, _real) = (device, group, time, report.Health.Real);
        _tolerance = (long)options.Tolerance.TotalMilliseconds;
        _grid = SlotGrid.Of(group);
        var quarantine = new Quarantine(FirstQuarantine(options), options.QuarantineRest, _real);
        _plan = new(group, device.Bound.Profile, quarantine, device.NewBackoff);
        // Nothing that it hands out is older than itself, whatever slot speaks for it: the one who polled before may have had that slot.
        _last = Now;
        Slot = _grid.First(_last);
    }

    /// <summary>A poll has begun and is not over.</summary>
    public bool IsOpen => _readings is not null;

    /// <summary>The slot of the poll that is open, or of the next; site time.</summary>
    public long Slot { get; private set; }

    /// <summary>The slot behind it.</summary>
    public long Deadline => Slot + _grid.Period;

    /// <summary>It is not asked before; a timestamp of real time.</summary>
    public long NotBefore { get; private set; }

    // Long enough for a device that is starting.
    private static TimeSpan FirstQuarantine(ModbusDriverOptions options) =>
        options.QuarantineRest < TimeSpan.FromSeconds(10) ? options.QuarantineRest : TimeSpan.FromSeconds(10);

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// Begins the grid anew when site time was set back by more than two periods: there would be no poll until it has come so far again. A
    /// poll that is open goes on, as one of the slot that has just passed.
    /// </summary>
    public void Follow(long now)
    {
        if (Slot - now <= 2 * _grid.Period) return;
        _device.ReportSetBack(_group.Id, TimeSpan.FromMilliseconds(Slot - now));
        (Slot, _last) = (IsOpen ? _grid.UpTo(now) : _grid.After(now), long.MinValue);
    }

    /// <summary>Does one request, or none when there is nothing to ask. Gives the scan when the poll is over and has one.</summary>
    public async ValueTask<Scan?> StepAsync()
    {
        if (!IsOpen) Begin();
        if (_device.IsResting)
        {
            Rest();
            return End();
        }
        SkipResting();
        if (_plan.Next is not { } block) return End();
        var asked = _real.GetTimestamp();
        var answer = await _device.Line.AskAsync(_device, block);
        return Take(block, answer, _real.GetElapsedTime(asked)) ? End() : null;
    }

    /// <summary>Ends a poll where it is. Gives the scan of what was read.</summary>
    public Scan? End()
    {
        if (_readings is not { } readings) return null;
        _readings = null;
        _plan.End();
        var next = _grid.After(Math.Max(Now, Slot));
        _device.Skipped(((next - Slot) / _grid.Period) - 1);
        var instant = readings.Count > 0 ? Instant() : 0;
        Slot = next;
        return readings.Count > 0 ? new Scan(_group.Id, instant, _group.Content, readings) : null;
    }

    private void Begin()
    {
        var latest = _grid.UpTo(Now);
        if (latest > Slot)
        {
            _device.Skipped((latest - Slot) / _grid.Period);
            Slot = latest;
        }
        _readings = new(_plan.Wanted.Count);
        _seen.Clear();
        (_pause, _hasLost) = (BusyPause, false);
        _plan.Begin();
    }

    /// <summary>True when the poll is over.</summary>
    private bool Take(ReadBlock block, Answer answer, TimeSpan took)
    {
        switch (answer.Kind)
        {
            case AnswerKind.Granted:
                _device.Answered(block);
                if (_plan.Current?.Rest.Recover() == true) _device.ReportRecovery(Name(block));
                foreach (var point in block.Points) Add(Decode(_plan.Of(point), block, answer.Registers));
                _plan.Answered();
                break;
            case AnswerKind.Refused:
                _device.Answered(block);
                Quarantine(block, answer);
                break;
            case AnswerKind.Busy when Allows(_pause):
                _device.Answered(block);
                NotBefore = _real.GetTimestamp() + (long)(_pause.TotalSeconds * _real.TimestampFrequency);
                _pause *= 2;
                return false;
            case AnswerKind.Unsupported or AnswerKind.Trouble or AnswerKind.Busy:
                _device.Answered(block);
                Refuse(block, answer);
                break;
            case AnswerKind.Lost when !_hasLost:
                // It may have been closed while idle, which is no fault: once a poll it is asked again over a new line.
                _hasLost = true;
                _device.Outwait(_device.Line.LateAnswer);
                return false;
            case AnswerKind.Resting:
                Rest();
                return true;
            default:
                return Miss(block, answer, took);
        }
        // What a search has no time for goes on in the next poll.
        if (_plan.Current is { IsSearching: true } searched && Now >= Deadline) searched.Leave();
        return _plan.Next is null;
    }

    private void Quarantine(ReadBlock block, Answer answer)
    {
        var isTrial = _plan.Current is null;
        var bad = _plan.Refused();
        if (bad.Count == 0) return;
        foreach (var point in bad) Add(Reading.Bad(_plan.Of(point).Tag, QualityReason.Configuration));
        _device.ReportQuarantine(Name(block), answer, bad.Select(p => p.Name), isNews: !isTrial);
    }

    private void Refuse(ReadBlock block, Answer answer)
    {
        var reason = answer.Kind == AnswerKind.Unsupported ? QualityReason.Configuration : QualityReason.Communication;
        foreach (var point in block.Points) Add(Reading.Bad(_plan.Of(point).Tag, reason));
        if (_plan.Current is { } current) _device.Report(Name(block), answer, reason, current.Rest);
        _plan.Leave();
    }

    /// <summary>The unit, or the line, gave no answer: asked again if there is time, else the rest of the poll is lost.</summary>
    private bool Miss(ReadBlock block, Answer answer, TimeSpan took)
    {
        if (answer.Kind != AnswerKind.NoLine) _device.Failed(took, _device.Line.LateAnswer);
        if (answer.Kind != AnswerKind.NoLine && !_device.IsResting && Allows(_device.Line.Timeout + _device.Line.LateAnswer)) return false;
        _device.Report(Name(block), answer, QualityReason.Communication);
        Lose(_plan.Wanted);
        return true;
    }

    // Who rests is not told again.
    private void Rest()
    {
        _device.Rested();
        Lose(_plan.Wanted.Where(p => !_told.Contains(p.Tag)));
    }

    private void Lose(IEnumerable<BoundPoint> points)
    {
        foreach (var point in points.Where(p => !_seen.Contains(p.Tag))) Add(Reading.Bad(point.Tag, QualityReason.Communication));
    }

    // A block that the device has trouble with rests alone; its tags were told Bad when it began to.
    private void SkipResting()
    {
        while (_plan.Next is not null && _plan.Current is { Rest.IsResting: true }) _plan.Leave();
    }

    private void Add(Reading reading)
    {
        _seen.Add(reading.Tag);
        if (reading.Count is null) _told.Add(reading.Tag);
        else _told.Remove(reading.Tag);
        _readings?.Add(reading);
    }

    private static Reading Decode(BoundPoint bound, ReadBlock block, ushort[] registers)
    {
        var point = bound.Point;
        if (PointCodec.ToCount(point, block.Slice(point, registers)) is { } count) return new(bound.Tag, count, Quality.Good);
        // No number: a code that the map does not know is the map's mistake, NaN is the device's way to say it has no value.
        return Reading.Bad(bound.Tag, point.Kind == PointKind.State ? QualityReason.Configuration : QualityReason.OutOfRange);
    }

    // The slot, when the reply came soon enough to speak for it; else when it came. Never twice the same, and backwards only with site time
    // itself.
    private long Instant()
    {
        var now = Now;
        return _last = Math.Max(now - Slot <= _tolerance ? Slot : now, _last + 1);
    }

    private bool Allows(TimeSpan more) => Now + more.TotalMilliseconds < Deadline;

    private static string Name(ReadBlock block) => $"{block.Table} {block.Address}+{block.Count}";
}
