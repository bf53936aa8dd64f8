using AirIsland.Simulators.Physics.Compressors;
using Compressor = AirIsland.Simulators.Physics.Compressors.Compressor;

namespace AirIsland.Simulators.Stations.Control;

/// <summary>
/// Base and trim: the machines stand in a line, first one that varies its flow, then the fixed ones, then other varying ones; the first
/// so many are on duty. Those that vary share a PI on the header's pressure, fixed ones run full. One more comes on duty when the trim
/// is at its top and the pressure below the band; the last goes when the pressure is above it or the trim sits at its bottom. A pair of
/// rules after the base/trim control of MEASUR; that a trim takes a base machine's place only when its range is at least that machine's
/// flow is the trim rule of pressure-flow control (else it would be called back at once: a control gap).
/// </summary>
internal sealed class TargetSequencer
{
    /// <summary>
    /// PI of the trim: half its range for each variance, but not steeper than calm on 0.3 m³ for each m³/min. Chosen: it has given way
    /// when the pressure reaches the end of the band. MPa⁻¹.
    /// </summary>
    private const double RangePerVariance = 0.5;
    private const double SteepestPerMPa = 50;

    /// <summary>Reset time of the PI. Chosen: slow against the filling of a receiver.</summary>
    private const double ResetSeconds = 60;

    /// <summary>The pressure counts as rising or falling by its mean slope over about this time. Chosen: longer than one stroke.</summary>
    private const double SlopeSeconds = 5;

    /// <summary>Fastest change of the trim, share per second. Chosen: what the drives follow.</summary>
    private const double SharePerSecond = 0.1;

    /// <summary>Shares this near to an end count as the end.</summary>
    private const double EndShare = 1e-3;

    /// <summary>A machine called on duty delivers within this time; the next one is not called before. Chosen: start and reload.</summary>
    private const double ComingSeconds = 30;

    /// <summary>What was taken off shows in the pressure after this time; the next one is not taken off before. Chosen.</summary>
    private const double GoingSeconds = 5;

    private readonly StationControlSpec _spec;
    private readonly MachineRoster _roster;
    private readonly bool[] _varies;
    private readonly double[] _bottom;
    private readonly double[] _flow;
    private readonly int[] _line;
    private readonly bool[] _onDuty;
    private readonly bool[] _isHeld;
    private readonly double[] _offSeconds;
    private int _inLine;
    private int _trims;
    private bool _isComing;
    private double _resetShare = 1;
    private double _lastMPa, _slope;
    private double _lowSeconds, _highSeconds, _sinceCall, _sinceChange, _sinceComplete, _holdSeconds;

    public TargetSequencer(StationControlSpec spec, MachineRoster roster, IReadOnlyList<CompressorSpec> machines)
    {
        (_spec, _roster) = (spec, roster);
        _varies = [.. machines.Select(Varies)];
        _bottom = [.. machines.Select(Bottom)];
        _flow = [.. machines.Select(m => m.RatedFlowM3PerMin)];
        _line = new int[machines.Count];
        _onDuty = new bool[machines.Count];
        _isHeld = new bool[machines.Count];
        _offSeconds = [.. machines.Select(_ => double.PositiveInfinity)];
    }

    /// <summary>How many of the line shall deliver.</summary>
    public int OnDuty { get; private set; }

    /// <summary>Share of the rated flow told to each varying machine on duty.</summary>
    public double Share { get; private set; } = 1;

    private double BottomShare => _bottom[_line[0]];

    /// <summary>Takes the station over as it is: what delivers stays until those whose turn it is deliver.</summary>
    public void Enter(double gaugeMPa, in ControlSettings settings, ReadOnlySpan<Compressor> machines)
    {
        LineUp();
        OnDuty = 0;
        for (var at = 0; at < _inLine; at++)
            if (Delivers(machines[_line[at]])) OnDuty++;
        Array.Clear(_onDuty);
        for (var i = 0; i < machines.Length; i++) _isHeld[i] = Delivers(machines[i]);
        if (_inLine > 0 && _varies[_line[0]])
        {
            var lead = machines[_line[0]];
            Share = Math.Clamp(Delivers(lead) ? lead.CapacityShare : 1, BottomShare, 1);
            _resetShare = Math.Clamp(Share - GainOf(settings) * (settings.TargetMPa - gaugeMPa), BottomShare, 1);
        }
        (_lastMPa, _slope) = (gaugeMPa, 0);
        (_lowSeconds, _highSeconds, _sinceCall, _sinceChange, _holdSeconds) = (0, 0, ComingSeconds, GoingSeconds, ComingSeconds);
    }

    /// <summary>Decides and tells every machine.</summary>
    public void Step(
        double seconds, double gaugeMPa, in ControlSettings settings, ReadOnlySpan<Compressor> machines, Span<CompressorCommand> commands)
    {
        LineUp();
        OnDuty = Math.Min(OnDuty, _inLine);
        _sinceCall += seconds;
        _sinceChange += seconds;
        _slope += ((gaugeMPa - _lastMPa) / seconds - _slope) * Math.Min(1, seconds / SlopeSeconds);
        _lastMPa = gaugeMPa;
        Trim(seconds, settings.TargetMPa - gaugeMPa, GainOf(settings), machines);
        var isTakenOff = AddOrTakeOff(seconds, gaugeMPa, settings, machines);
        Call(isTakenOff, machines);
        Release(gaugeMPa > settings.TargetMPa + settings.VarianceMPa, seconds, machines);
        for (var i = 0; i < machines.Length; i++) Tell(seconds, i, machines[i], ref commands[i]);
    }

    private static bool Varies(CompressorSpec machine) => machine.Control
        is CapacityControl.VariableSpeed or CapacityControl.VariableDisplacement
        or CapacityControl.GuideVanesWithBlowOff or CapacityControl.GuideVanesWithUnloading;

    private static double Bottom(CompressorSpec machine) => machine.Control switch
    {
        CapacityControl.VariableSpeed => CapacityController.SlowestShare(machine),
        CapacityControl.VariableDisplacement => machine.UnloadPointShare,
        CapacityControl.GuideVanesWithBlowOff or CapacityControl.GuideVanesWithUnloading => CentrifugalAirEnd.LowestShare(machine),
        _ => 1,
    };

    private static bool Delivers(Compressor machine) => machine.State is CompressorState.Loading or CompressorState.Loaded;

    private static double GainOf(in ControlSettings settings) => Math.Min(SteepestPerMPa, RangePerVariance / settings.VarianceMPa);

    private void LineUp()
    {
        _inLine = 0;
        var order = _roster.Order;
        var lead = -1;
        foreach (var machine in order)
        {
            if (!_varies[machine] || !_roster.IsAvailable(machine)) continue;
            _line[_inLine++] = lead = machine;
            break;
        }
        foreach (var machine in order)
            if (!_varies[machine] && _roster.IsAvailable(machine)) _line[_inLine++] = machine;
        foreach (var machine in order)
            if (_varies[machine] && machine != lead && _roster.IsAvailable(machine)) _line[_inLine++] = machine;
    }

    /// <summary>Several trims are one of their sum. The reset stands still at the end that it would push against.</summary>
    private void Trim(double seconds, double errorMPa, double gain, ReadOnlySpan<Compressor> machines)
    {
        _trims = 0;
        var isOpen = false;
        for (var at = 0; at < OnDuty; at++)
        {
            if (!_varies[_line[at]]) continue;
            _trims++;
            isOpen |= machines[_line[at]].State == CompressorState.Loaded;
        }
        if (!isOpen) return;
        gain /= _trims;
        var wanted = gain * errorMPa + _resetShare;
        if (errorMPa > 0 ? wanted < 1 : wanted > BottomShare) _resetShare += gain * errorMPa * seconds / ResetSeconds;
        _resetShare = Math.Clamp(_resetShare, BottomShare, 1);
        var most = SharePerSecond * seconds;
        Share = Math.Clamp(Math.Clamp(wanted, Share - most, Share + most), BottomShare, 1);
    }

    /// <summary>True when one is taken off.</summary>
    private bool AddOrTakeOff(double seconds, double gaugeMPa, in ControlSettings settings, ReadOnlySpan<Compressor> machines)
    {
        var isAtTop = _trims == 0 || Share >= 1 - EndShare;
        var isAtBottom = _trims == 0 || Share <= BottomShare + EndShare;
        var isLow = gaugeMPa < settings.TargetMPa - settings.VarianceMPa && (isAtTop && _slope <= 0 || OnDuty == 0);
        var isHigh = gaugeMPa > settings.TargetMPa + settings.VarianceMPa && _slope >= 0;
        var isSpare = isAtBottom && gaugeMPa >= settings.TargetMPa && TrimCanReplaceLast();
        _lowSeconds = isLow ? _lowSeconds + seconds : 0;
        _highSeconds = isHigh || isSpare ? _highSeconds + seconds : 0;

        if (isLow && OnDuty < _inLine && !_isComing && _lowSeconds >= DelayOf(machines[_line[OnDuty]]))
        {
            Change(+1);
            return false;
        }
        var isTooMuch = isHigh && isAtBottom || _highSeconds >= _spec.StopDelaySeconds && (isHigh || OnDuty > 1);
        if (!isTooMuch || OnDuty == 0 || _sinceChange < GoingSeconds) return false;
        Change(-1);
        return true;
    }

    private void Change(int by)
    {
        OnDuty += by;
        (_lowSeconds, _highSeconds, _sinceChange) = (0, 0, 0);
    }

    /// <summary>An idling machine loads at once; only a start waits. Nothing on duty is no time to wait either.</summary>
    private double DelayOf(Compressor next) =>
        OnDuty == 0 || next.State is CompressorState.Unloaded or CompressorState.Unloading ? 0 : _spec.StartDelaySeconds;

    private bool TrimCanReplaceLast()
    {
        if (_trims == 0 || OnDuty < 2) return false;
        var range = 0.0;
        for (var at = 0; at < OnDuty - 1; at++)
            if (_varies[_line[at]]) range += (1 - _bottom[_line[at]]) * _flow[_line[at]];
        var last = _line[OnDuty - 1];
        return range >= (_varies[last] ? _bottom[last] : 1) * _flow[last];
    }

    /// <summary>Notes who is on duty. Whom another order sends off stays until those that it calls deliver.</summary>
    private void Call(bool isTakenOff, ReadOnlySpan<Compressor> machines)
    {
        for (var i = 0; i < _onDuty.Length; i++)
        {
            var isOn = IsFirst(i);
            if (isOn && !_onDuty[i]) _sinceCall = 0;
            if (!isOn && _onDuty[i] && !isTakenOff && Delivers(machines[i]))
            {
                _isHeld[i] = true;
                _holdSeconds = ComingSeconds;
            }
            _onDuty[i] = isOn;
        }
    }

    private bool IsFirst(int machine)
    {
        for (var at = 0; at < OnDuty; at++)
            if (_line[at] == machine) return true;
        return false;
    }

    private void Release(bool isHigh, double seconds, ReadOnlySpan<Compressor> machines)
    {
        var delivering = 0;
        for (var at = 0; at < OnDuty; at++)
            if (machines[_line[at]].State == CompressorState.Loaded) delivering++;
        _sinceComplete = delivering == OnDuty ? _sinceComplete + seconds : 0;
        _isComing = _sinceComplete < SlopeSeconds && _sinceCall < ComingSeconds;
        _holdSeconds = isHigh || delivering == OnDuty ? 0 : _holdSeconds - seconds;
        if (_holdSeconds <= 0) Array.Clear(_isHeld);
    }

    private void Tell(double seconds, int i, Compressor machine, ref CompressorCommand command)
    {
        var delivers = _roster.IsAvailable(i) && (_onDuty[i] || _isHeld[i]);
        _offSeconds[i] = delivers ? 0 : _offSeconds[i] + seconds;
        var idles = _roster.IsAvailable(i) && machine.State != CompressorState.Stopped
            && !(_offSeconds[i] > _spec.IdleSeconds && _roster.MayStart(i));
        command = command with
        {
            IsEnabled = delivers || idles,
            CapacityShare = !delivers ? 0 : _varies[i] ? Share : 1,
            LoadBelowMPa = null,
            UnloadAboveMPa = null,
            TargetMPa = null,
        };
    }
}
