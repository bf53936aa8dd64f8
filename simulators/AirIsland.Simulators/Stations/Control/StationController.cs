using AirIsland.Simulators.Physics.Compressors;
using Compressor = AirIsland.Simulators.Physics.Compressors.Compressor;

namespace AirIsland.Simulators.Stations.Control;

/// <summary>
/// Tells every machine of a station what to do, each step anew and by one mode only. Faults stay what they are: mains, trips and resets
/// of a command are not its own. Whatever the mode, below the minimum pressure every machine that can may load by its own bands, a motor
/// is not started too often, and the machines keep their maximum pressure. Pure; a step allocates nothing. Not thread-safe.
/// </summary>
public sealed class StationController
{
    /// <summary>The minimum alarm ends this much above the minimum pressure, MPa. Chosen: no flicker at the limit.</summary>
    private const double MinimumBandMPa = 0.02;

    /// <summary>Rounding of a sum of steps: the watchdog expires in the step in which its time is up.</summary>
    private const double RoundingSeconds = 1e-6;

    private readonly CompressorSpec[] _machines;
    private readonly MachineRoster _roster;
    private readonly TargetSequencer _sequencer;
    private readonly double _highestMPa;
    private ControlSettings _settings;
    private StationControlMode? _last;
    private ControlReason _reason;
    private double _headerMPa;
    private double _sinceBeat;
    private int _beat;
    private bool _isExpired;
    private bool _isBelowMinimum;
    private long _fallbacks, _minimumAlarms;
    private int _running, _loaded;

    /// <param name="spec">Checked here.</param>
    /// <param name="machines">As the station lists them.</param>
    /// <exception cref="ArgumentException">The spec does not fit the machines; says everything that is wrong.</exception>
    public StationController(StationControlSpec spec, IReadOnlyList<CompressorSpec> machines)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(machines);
        ControlCheck.MustFit(spec, machines);
        Spec = spec;
        _machines = [.. machines];
        _highestMPa = machines.Min(m => m.HighestMPa);
        _settings = new(spec.Mode, spec.TargetMPa, spec.VarianceMPa);
        _roster = new(spec, machines);
        _sequencer = new(spec, _roster, machines);
    }

    public StationControlSpec Spec { get; }

    public int Machines => _machines.Length;

    /// <summary>All machines by number, first to last, those that are passed over among them.</summary>
    public ReadOnlySpan<int> Order => _roster.Order;

    /// <summary>Wanting Remote is a sign of life: the watchdog begins.</summary>
    /// <exception cref="ArgumentException">They cannot be taken; nothing is changed.</exception>
    public ControlSettings Settings
    {
        get => _settings;
        set
        {
            if (WrongWith(value) is { } wrong) throw new ArgumentException(wrong, nameof(value));
            if (value.Mode == StationControlMode.Remote && _settings.Mode != StationControlMode.Remote) LiveOn();
            _settings = value;
        }
    }

    /// <summary>The last sign of life.</summary>
    public int LastBeat => _beat;

    public StationControlStatus Status
    {
        get
        {
            var isTarget = _last == StationControlMode.Target;
            return new()
            {
                Wanted = _settings.Mode,
                Mode = _last ?? _settings.Mode,
                Reason = _reason,
                HeaderMPa = _headerMPa,
                Available = _roster.Available,
                Running = _running,
                Loaded = _loaded,
                OnDuty = isTarget ? _sequencer.OnDuty : 0,
                TrimShare = isTarget ? _sequencer.Share : 0,
                Fallbacks = _fallbacks,
                MinimumAlarms = _minimumAlarms,
                WatchdogLeftSeconds = Math.Max(0, Spec.WatchdogSeconds - _sinceBeat),
            };
        }
    }

    public MachineSettings SettingsOf(int machine) => _roster.Settings(machine);

    /// <exception cref="ArgumentException">They cannot be taken; nothing is changed.</exception>
    public void Set(int machine, MachineSettings settings)
    {
        var spec = _machines[machine];
        if (settings.WrongFor(spec) is { } wrong) throw new ArgumentException($"{spec.Id}: {wrong}", nameof(settings));
        _roster.Set(machine, settings);
    }

    /// <summary>Null, or why these settings cannot be taken.</summary>
    public string? WrongWith(ControlSettings settings) => ControlCheck.WrongWith(settings, Spec.MinimumMPa, _highestMPa);

    /// <summary>Whether a machine can be used: in service, not tripped, with mains, and its motor may start.</summary>
    public bool IsAvailable(int machine) => _roster.IsAvailable(machine);

    /// <summary>A sign of life from who commands Remote: any number other than the last one.</summary>
    public void Beat(int value)
    {
        if (value == _beat) return;
        _beat = value;
        LiveOn();
    }

    /// <summary>Decides for a step of that length, before the machines make it.</summary>
    /// <param name="seconds">Above 0.</param>
    /// <param name="headerMPa">Gauge.</param>
    /// <param name="machines">The station's, as they are after the last step.</param>
    /// <param name="commands">One for each machine: what is not of faults is written.</param>
    public void Decide(double seconds, double headerMPa, ReadOnlySpan<Compressor> machines, Span<CompressorCommand> commands)
    {
        _headerMPa = headerMPa;
        _roster.Look(seconds, machines, commands);
        Count(machines);
        var mode = Judge();
        _sinceBeat += seconds;
        if (mode == StationControlMode.Target && _last != mode) _sequencer.Enter(headerMPa, _settings, machines);
        _last = mode;
        switch (mode)
        {
            case StationControlMode.Cascade:
                Ladder(commands);
                break;
            case StationControlMode.Target:
                _sequencer.Step(seconds, headerMPa, _settings, machines, commands);
                break;
            case StationControlMode.Remote:
                for (var i = 0; i < commands.Length; i++) commands[i] = Obey(i, commands[i]);
                break;
            default:
                for (var i = 0; i < commands.Length; i++) commands[i] = OwnBands(i, commands[i]);
                break;
        }
    }

    /// <summary>Time passes without mains: nothing is decided, motors have stood for longer, and signs of life grow old.</summary>
    public void Pass(double seconds)
    {
        _roster.Pass(seconds);
        _sinceBeat += seconds;
    }

    private void LiveOn() => (_sinceBeat, _isExpired) = (0, false);

    private void Count(ReadOnlySpan<Compressor> machines)
    {
        (_running, _loaded) = (0, 0);
        foreach (var machine in machines)
        {
            if (machine.SpeedShare > 0) _running++;
            if (machine.State is CompressorState.Loading or CompressorState.Loaded) _loaded++;
        }
    }

    private StationControlMode Judge()
    {
        if (_headerMPa < Spec.MinimumMPa)
        {
            if (!_isBelowMinimum) _minimumAlarms++;
            _isBelowMinimum = true;
        }
        else if (_headerMPa > Spec.MinimumMPa + MinimumBandMPa)
        {
            _isBelowMinimum = false;
        }
        var isRemote = _settings.Mode == StationControlMode.Remote;
        if (isRemote && !_isExpired && _sinceBeat >= Spec.WatchdogSeconds - RoundingSeconds)
        {
            _isExpired = true;
            _fallbacks++;
        }
        _reason = _isBelowMinimum ? ControlReason.BelowMinimum
            : isRemote && _isExpired ? ControlReason.WatchdogExpired
            : ControlReason.AsWanted;
        return _reason switch
        {
            ControlReason.BelowMinimum => StationControlMode.Local,
            ControlReason.WatchdogExpired => Spec.FallbackMode,
            _ => _settings.Mode,
        };
    }

    /// <summary>The highest band to the first machine that can be used.</summary>
    private void Ladder(Span<CompressorCommand> commands)
    {
        var load = Spec.CascadeLoadMPa;
        foreach (var i in _roster.Order)
        {
            if (!_roster.IsAvailable(i))
            {
                commands[i] = Off(commands[i]);
                continue;
            }
            commands[i] = Banded(commands[i], load, load + Spec.CascadeBandMPa, TargetWithin(i, load));
            load -= Spec.CascadeStepMPa;
        }
    }

    /// <summary>A throttling machine begins to throttle at its load point, others regulate to the middle of the band.</summary>
    private double TargetWithin(int machine, double load) => _machines[machine].Control
        is CapacityControl.Modulation or CapacityControl.ModulationWithUnloading or CapacityControl.VariableDisplacement
            ? load
            : load + 0.5 * Spec.CascadeBandMPa;

    private CompressorCommand Obey(int machine, in CompressorCommand command)
    {
        ref readonly var settings = ref _roster.Settings(machine);
        if (!_roster.IsAvailable(machine)) return Off(command);
        var (target, variance) = (settings.RemoteTargetMPa, _settings.VarianceMPa);
        return settings.RemoteDuty switch
        {
            RemoteDuty.Share => Banded(command, null, null, null) with { CapacityShare = settings.RemoteShare },
            RemoteDuty.Target => Banded(command, target - variance, target + variance, target),
            RemoteDuty.OwnBands => OwnBands(machine, command),
            // A motor that may not start again yet idles: below the minimum pressure it is there.
            _ when !_roster.MayStart(machine) => Banded(command, null, null, null) with { CapacityShare = 0 },
            _ => Off(command),
        };
    }

    private CompressorCommand OwnBands(int machine, in CompressorCommand command)
    {
        ref readonly var settings = ref _roster.Settings(machine);
        return _roster.IsAvailable(machine)
            ? Banded(command, settings.LoadBelowMPa, settings.UnloadAboveMPa, settings.TargetMPa)
            : Off(command);
    }

    private static CompressorCommand Off(in CompressorCommand command) => Banded(command, null, null, null) with { IsEnabled = false };

    private static CompressorCommand Banded(in CompressorCommand command, double? load, double? unload, double? target) => command with
    {
        IsEnabled = true,
        CapacityShare = null,
        LoadBelowMPa = load,
        UnloadAboveMPa = unload,
        TargetMPa = target,
    };
}
