namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// The machine's own controller: does it want to deliver, and which share of the rated flow. Without a station controller it loads
/// below and unloads above its band; between, it throttles, steps or follows a target as its kind does.
/// </summary>
internal sealed class CapacityController
{
    /// <summary>PI of speed and vanes: gain in share per MPa, and its rate per second. Chosen: calm from 0.05 to 5 m³ per m³/min.</summary>
    private const double GainPerMPa = 12;
    private const double ResetPerMPaSecond = 0.2;

    /// <summary>Fastest change of speed or vanes, share per second. Chosen.</summary>
    private const double SharePerSecond = 0.1;

    /// <summary>A machine that unloaded at its maximum pressure waits until it has fallen by this much, MPa.</summary>
    private const double MaximumBandMPa = 0.02;

    /// <summary>Least time between two steps of a piston machine, s. Chosen.</summary>
    private const double StepSeconds = 5;

    /// <summary>Centrifugal machines give more than rated at low head; the air end limits it.</summary>
    private const double WidestShare = 1.15;

    private readonly CompressorSpec _spec;
    private readonly double _targetMPa;
    private readonly double _maximumMPa;
    private readonly double _lowest;
    private readonly double _highest;

    private double _lastErrorMPa;
    private double _secondsSinceStep;
    private bool _isOverMaximum;

    public CapacityController(CompressorSpec spec)
    {
        _spec = spec;
        _targetMPa = spec.TargetMPa ?? (IsModulating ? spec.LoadBelowMPa : (spec.LoadBelowMPa + spec.UnloadAboveMPa) / 2);
        _maximumMPa = spec.HighestMPa;
        _lowest = spec.Control switch
        {
            CapacityControl.VariableSpeed => SlowestShare(spec),
            CapacityControl.ModulationWithUnloading or CapacityControl.VariableDisplacement => spec.UnloadPointShare,
            CapacityControl.MultiStep => 1.0 / spec.Steps,
            CapacityControl.GuideVanesWithUnloading => CentrifugalAirEnd.LowestShare(spec),
            CapacityControl.StartStop or CapacityControl.LoadUnload => 1,
            _ => 0,
        };
        _highest = spec.Type == CompressorType.Centrifugal ? WidestShare : 1;
        Capacity = Math.Max(_lowest, 0);
    }

    /// <summary>Wanted share of the rated flow while it delivers.</summary>
    public double Capacity { get; private set; }

    public bool WantsAir { get; private set; }

    private bool IsModulating => _spec.Control
        is CapacityControl.Modulation or CapacityControl.ModulationWithUnloading or CapacityControl.VariableDisplacement;

    /// <summary>Share of the rated flow that a variable speed delivers at its turn-down and rated pressure.</summary>
    public static double SlowestShare(CompressorSpec spec)
    {
        var slip = DisplacementAirEnd.SlipOf(spec);
        return spec.TurnDownShare * (1 + slip) - slip;
    }

    public void Step(double seconds, double gaugeMPa, bool isOpen, in CompressorCommand command)
    {
        if (gaugeMPa > _maximumMPa) _isOverMaximum = true;
        else if (gaugeMPa < _maximumMPa - MaximumBandMPa) _isOverMaximum = false;
        if (command.CapacityShare is { } share) Follow(share);
        else Decide(seconds, gaugeMPa, isOpen, command);
        if (_isOverMaximum) WantsAir = false;
    }

    private void Follow(double share)
    {
        WantsAir = share > 0;
        Capacity = _spec.Control == CapacityControl.MultiStep
            ? Math.Clamp(Math.Ceiling(share * _spec.Steps - 1e-9) / _spec.Steps, _lowest, 1)
            : Math.Clamp(share, _lowest, _highest);
    }

    private void Decide(double seconds, double gaugeMPa, bool isOpen, in CompressorCommand command)
    {
        var loadBelow = command.LoadBelowMPa ?? _spec.LoadBelowMPa;
        var unloadAbove = command.UnloadAboveMPa ?? _spec.UnloadAboveMPa;
        var target = command.TargetMPa ?? _targetMPa;
        if (!WantsAir)
        {
            WantsAir = gaugeMPa < loadBelow;
            if (!WantsAir) return;
            Begin(target - gaugeMPa);
        }
        switch (_spec.Control)
        {
            case CapacityControl.Modulation:
                Capacity = Math.Clamp(1 - (gaugeMPa - target) / _spec.ModulationRangeMPa, 0, 1);
                return;
            case CapacityControl.ModulationWithUnloading:
            case CapacityControl.VariableDisplacement:
                Capacity = Math.Min(1, 1 - (gaugeMPa - target) / _spec.ModulationRangeMPa);
                if (Capacity < _lowest || gaugeMPa > unloadAbove) WantsAir = false;
                Capacity = Math.Max(Capacity, _lowest);
                return;
            case CapacityControl.MultiStep:
                StepEnds(seconds, gaugeMPa, loadBelow, unloadAbove);
                return;
            case CapacityControl.VariableSpeed:
            case CapacityControl.GuideVanesWithBlowOff:
            case CapacityControl.GuideVanesWithUnloading:
                if (isOpen) Regulate(seconds, target - gaugeMPa);
                if (Capacity <= _lowest && gaugeMPa > unloadAbove && _lowest > 0) WantsAir = false;
                return;
            default:
                WantsAir = gaugeMPa <= unloadAbove;
                return;
        }
    }

    private void Begin(double errorMPa)
    {
        _lastErrorMPa = errorMPa;
        _secondsSinceStep = StepSeconds;
        Capacity = _spec.Control == CapacityControl.MultiStep ? 0 : Math.Max(_lowest, 0);
    }

    /// <summary>Velocity form: nothing can wind up.</summary>
    private void Regulate(double seconds, double errorMPa)
    {
        var change = GainPerMPa * (errorMPa - _lastErrorMPa) + ResetPerMPaSecond * errorMPa * seconds;
        _lastErrorMPa = errorMPa;
        Capacity = Math.Clamp(Capacity + Math.Clamp(change, -SharePerSecond * seconds, SharePerSecond * seconds), _lowest, _highest);
    }

    private void StepEnds(double seconds, double gaugeMPa, double loadBelow, double unloadAbove)
    {
        _secondsSinceStep += seconds;
        if (_secondsSinceStep < StepSeconds) return;
        if (gaugeMPa < loadBelow && Capacity < 1)
        {
            Capacity = Math.Min(1, Capacity + _lowest);
            _secondsSinceStep = 0;
        }
        else if (gaugeMPa > unloadAbove)
        {
            Capacity -= _lowest;
            _secondsSinceStep = 0;
            if (Capacity > 0.5 * _lowest) return;
            WantsAir = false;
            Capacity = _lowest;
        }
    }
}
