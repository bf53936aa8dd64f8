using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Quantities;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>One unit of a line: whether it answers, and what is said about it. It is asked for one thing at a time.</summary>
internal sealed partial class ModbusDevice
{
    private readonly ModbusDriverOptions _options;
    private readonly ModbusReport _report;
    private readonly UnitBreaker _breaker;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AnswerKind? _failure;

    public ModbusDevice(BoundDevice bound, ModbusLine line, ModbusDriverOptions options, TimeProvider time, ModbusReport report)
    {
        (Bound, Line, _options, _report) = (bound, line, options, report);
        Gauge = report.Health.Add(bound.Options.Id);
        _breaker = new(options, Gauge, report.Health.Real);
        Groups = [.. bound.Groups.Select(g => new PolledGroup(this, g, options, time, report))];
    }

    public BoundDevice Bound { get; }

    public ModbusLine Line { get; }

    public DeviceGauge Gauge { get; }

    public IReadOnlyList<PolledGroup> Groups { get; }

    public byte Unit => (byte)Bound.Options.Unit;

    /// <summary>A request of one of its groups is being done. Kept by the line.</summary>
    public bool IsBusy { get; set; }

    /// <summary>It shall leave its line. Kept by the line.</summary>
    public bool IsLeaving { get; set; }

    /// <summary>It is not asked before (a timestamp of real time): what comes so late would pass for the next answer.</summary>
    public long NotBefore { get; private set; }

    /// <summary>It failed when it was last asked.</summary>
    public bool IsSuspect => _breaker.IsSuspect;

    /// <summary>It, or its line, failed lately and is left alone for a while.</summary>
    public bool IsResting => _breaker.IsResting || Line.IsResting;

    /// <summary>Completes when it has left its line, and all it read is handed out.</summary>
    public Task Left => _left.Task;

    private TimeProvider Real => _report.Health.Real;

    public Backoff NewBackoff() => new(_options.ShortestRest, _options.LongestRest);

    public TimeSpan Patience(TimeSpan timeout) => _breaker.Patience(timeout);

    /// <summary>It is there, whatever it said.</summary>
    public void Answered(ReadBlock block)
    {
        _breaker.Answered();
        Gauge.Became(DeviceState.Working);
        if (_failure is null) return;
        _failure = null;
        ReportRecovery($"{block.Table} {block.Address}+{block.Count}");
    }

    /// <summary>It is left alone for a while.</summary>
    public void Rested() => Gauge.Became(DeviceState.Resting);

    /// <summary>It did not answer; its answer may still come.</summary>
    public void Failed(TimeSpan took, TimeSpan lateAnswer)
    {
        _breaker.Failed(took, Line.IsShared);
        Outwait(lateAnswer);
    }

    /// <summary>Nobody asks it again before an answer that is only late can have come, be it over another connection.</summary>
    public void Outwait(TimeSpan lateAnswer) =>
        NotBefore = Real.GetTimestamp() + (long)(lateAnswer.TotalSeconds * Real.TimestampFrequency);

    /// <summary>Counts what cost a block its values, and says it when it is news.</summary>
    public void Report(string block, Answer answer, QualityReason reason)
    {
        _report.Status.Failed();
        if (_failure == answer.Kind) return;
        _failure = answer.Kind;
        LogFailed(_report.Logger, Bound.Options.Id, Bound.Options.Endpoint, Bound.Options.Unit, block, answer.Text, reason);
    }

    /// <summary>The same for a block that rests alone, while the device answers others.</summary>
    public void Report(string block, Answer answer, QualityReason reason, Backoff rest)
    {
        _report.Status.Failed();
        Gauge.Failed();
        if (rest.Fail(answer.Text))
            LogFailed(_report.Logger, Bound.Options.Id, Bound.Options.Endpoint, Bound.Options.Unit, block, answer.Text, reason);
    }

    /// <summary>The same for points that went into quarantine, or stay there.</summary>
    public void ReportQuarantine(string block, Answer answer, IEnumerable<string> points, bool isNews)
    {
        _report.Status.Failed();
        Gauge.Failed();
        if (!isNews) return;
        var names = string.Join(", ", points);
        LogQuarantined(_report.Logger, Bound.Options.Id, names, block, answer.Text);
    }

    public void ReportRecovery(string block) => LogRecovered(_report.Logger, Bound.Options.Id, block);

    /// <summary>Site time was set back so far that the group's grid begins anew.</summary>
    public void ReportSetBack(string group, TimeSpan behind) => LogSetBack(_report.Logger, Bound.Options.Id, group, behind.TotalSeconds);

    public void Skipped(long polls)
    {
        if (polls <= 0) return;
        _report.Status.Skipped(polls);
        Gauge.Skipped(polls);
    }

    public void Leave()
    {
        _report.Health.Remove(Gauge);
        _left.TrySetResult();
    }
}
