using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Meters;

/// <content>
/// What is wrong with it. Faults that change what is there (registers, wires, the meter itself) are done when set and undone when
/// cleared; all others are worked out anew from the list of those that are on.
/// </content>
public sealed partial class FieldMeter
{
    private readonly List<(ActiveFault Active, Action? Undo)> _faults = [];
    private readonly HashSet<string> _readsZero = [];
    private Dictionary<string, decimal>? _frozen;
    private bool _registersStand;
    private bool _backwards;

    public IReadOnlyList<ActiveFault> Faults => [.. _faults.Select(fault => fault.Active)];

    public Transmission Transmission
    {
        get
        {
            var now = Transmission.InOrder;
            foreach (var (active, _) in _faults) now = Disturbed(now, active);
            return now;
        }
    }

    public MeterTruth Truth => new(Id, Serial, TimeSpan.FromTicks(_ticks), _measured.ToDictionary(point => point.Name, TruthOf), Faults);

    /// <summary>Exchanges the wiring of two meters. Clearing the name on either of them sets both right.</summary>
    /// <exception cref="ArgumentException">They do not have the same sensors.</exception>
    public static void Swap(string name, FieldMeter one, FieldMeter other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one == other) throw new ArgumentException($"{one.Id} cannot be swapped with itself", nameof(other));
        var pairs = one.Pairs(other);
        // What was on under the name goes first: it may be a swap too.
        one.Clear(name);
        other.Clear(name);
        ExchangeWires(pairs);
        one.Switch(name, new MeterFault.Swapped(other.Id), undo: () => PutBack(other));
        other.Switch(name, new MeterFault.Swapped(one.Id), undo: () => PutBack(one));

        void PutBack(FieldMeter second)
        {
            ExchangeWires(pairs);
            second._faults.RemoveAll(fault => fault.Active.Name == name);
        }
    }

    public void Set(string name, MeterFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Check(fault);
        Clear(name);
        Switch(name, fault, Do(fault));
    }

    public bool Clear(string name)
    {
        var at = _faults.FindIndex(fault => fault.Active.Name == name);
        if (at < 0) return false;
        var undo = _faults[at].Undo;
        _faults.RemoveAt(at);
        undo?.Invoke();
        Work();
        return true;
    }

    private void Switch(string name, MeterFault fault, Action? undo)
    {
        _faults.Add((new(name, fault, TimeSpan.FromTicks(_ticks)), undo));
        Work();
    }

    private void Check(MeterFault fault)
    {
        switch (fault)
        {
            case MeterFault.Swapped:
                throw new ArgumentException("a swap takes two meters", nameof(fault));
            case MeterFault.Stuck { Point: { } point }:
                Measured(point);
                break;
            case MeterFault.Tampered { Point: { } point }:
                Measured(point);
                break;
            case MeterFault.NoiseBurst { Point: { } point }:
                Measured(point);
                break;
            case MeterFault.ReadsZero { Point: { } point } when !_read.ContainsKey(point):
                throw NoSuch(point);
        }
    }

    private Action? Do(MeterFault fault) => fault switch
    {
        MeterFault.Stuck stuck => Stick(stuck),
        MeterFault.RegisterReset => ShiftRegisters(register => -register.Total),
        MeterFault.RegisterJump jump => ShiftRegisters(_ => jump.By),
        MeterFault.Exchanged exchanged => Exchange(exchanged),
        _ => null,
    };

    private Action Stick(MeterFault.Stuck stuck)
    {
        var before = _measured.Where(point => stuck.Point is null || stuck.Point == point.Name)
            .Select(point => (point.Chain, point.Chain.StuckAt)).ToList();
        foreach (var (chain, _) in before) chain.StuckAt = stuck.Value ?? chain.Target;
        return () =>
        {
            foreach (var (chain, value) in before) chain.StuckAt = value;
        };
    }

    private Action ShiftRegisters(Func<Totaliser, decimal> by)
    {
        var shifted = _registers.Values.Select(register => (Register: register, By: by(register))).ToList();
        foreach (var (register, amount) in shifted) register.Total += amount;
        return () =>
        {
            foreach (var (register, amount) in shifted) register.Total -= amount;
        };
    }

    private Action Exchange(MeterFault.Exchanged exchanged)
    {
        var serial = Serial;
        var totals = _registers.Values.Select(register => (register, register.Total)).ToList();
        var left = _measured.Select(point => (point.Chain, Was: point.Chain.Exchange(ErrorsOf(point, exchanged), 0))).ToList();
        Serial = exchanged.Serial;
        foreach (var (register, _) in totals) register.Total = exchanged.Register;
        return () =>
        {
            Serial = serial;
            foreach (var (chain, was) in left) chain.Exchange(was.Errors, was.AgeSeconds);
            foreach (var (register, total) in totals) register.Total = total;
        };
    }

    private MeterErrors ErrorsOf(MeasuredPoint point, MeterFault.Exchanged exchanged) =>
        exchanged.Gain is { } gain && point.Chain.Spec.Flows
            ? new(gain)
            : MeterErrors.Draw(point.Chain.Spec, DrawOf(point.Name, exchanged.Serial));

    private List<(MeasuredPoint Mine, MeasuredPoint Theirs)> Pairs(FieldMeter other)
    {
        if (_measured.Count != other._measured.Count) throw new ArgumentException($"{Id} and {other.Id} differ in points", nameof(other));
        return [.. _measured.Select(point => (point, other.Measured(point.Name)))];
    }

    private static void ExchangeWires(List<(MeasuredPoint Mine, MeasuredPoint Theirs)> pairs)
    {
        foreach (var (mine, theirs) in pairs) (mine.Source, theirs.Source) = (theirs.Source, mine.Source);
    }

    private void Work()
    {
        var on = _faults.Select(fault => fault.Active.Fault).ToList();
        _backwards = on.OfType<MeterFault.CountsBackwards>().Any();
        _registersStand = on.Any(fault => fault is MeterFault.RegisterFrozen or MeterFault.Frozen { CatchesUp: false });

        // Before the zeros, and once: a display that is frozen stays frozen at what it showed then.
        _readsZero.Clear();
        _frozen = on.OfType<MeterFault.Frozen>().Any() ? _frozen ?? _read.ToDictionary(read => read.Key, read => read.Value()) : null;
        foreach (var zero in on.OfType<MeterFault.ReadsZero>())
            _readsZero.UnionWith(zero.Point is { } point ? [point] : _read.Keys);

        var missing = on.OfType<MeterFault.PhaseMissing>().Select(fault => fault.Phase).Distinct().Count();
        foreach (var point in _measured)
        {
            var phases = point.Role == ElectricRole.Power ? (3 - missing) / 3.0 : 1;
            point.Chain.FaultFactor = on.Aggregate(phases, (factor, fault) => factor * point.FactorOf(fault));
            point.Chain.FaultNoise = point.Chain.Spec.FullScale * on.OfType<MeterFault.NoiseBurst>()
                .Where(burst => burst.Point is null || burst.Point == point.Name).Sum(burst => burst.ShareOfFullScale);
        }
    }

    private Transmission Disturbed(Transmission now, ActiveFault active) => active.Fault switch
    {
        MeterFault.Silent => now with { Answers = false },
        MeterFault.Duplicating duplicating => now with { Copies = Math.Max(now.Copies, duplicating.Times) },
        MeterFault.Late late => now with { Delay = now.Delay + TimeSpan.FromSeconds(late.Seconds) },
        MeterFault.ClockWrong wrong => now with { ClockError = now.ClockError + ErrorOf(wrong, active.Since) },
        _ => now,
    };

    private TimeSpan ErrorOf(MeterFault.ClockWrong wrong, TimeSpan since) => TimeSpan.FromSeconds(
        wrong.OffsetSeconds + wrong.DriftSecondsPerDay * (TimeSpan.FromTicks(_ticks) - since).TotalDays);

    private static PointTruth TruthOf(MeasuredPoint point) =>
        new(point.Chain.TrueGain, point.Chain.Errors, point.Chain.StuckAt, point.Chain.FaultNoise);
}
