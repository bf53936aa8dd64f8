namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Screw or piston. Flow: displaced volume less what slips back, which grows with the pressure and not with the speed (1.1 % per bar;
/// AIRMaster+: 0.075 % per psi). Full-load power: displaced volume times isentropic head (AIRMaster+), with rotor drag that grows with
/// the cube of the speed; drag and slip make the specific power of a variable speed U-shaped. A part-open inlet draws
/// nl + (1 − nl)·c^e, e = 1 throttled, 2 shortened (MEASUR). Injected machines hold air in a sump that blows down while unloaded and
/// must be filled before air is delivered; the unloaded power falls with its pressure. Valid from 0.3 to 1.2 times the rated pressure.
/// </summary>
internal sealed class DisplacementAirEnd : AirEnd
{
    private const double SlipPerMPa = 0.1088;

    /// <summary>Part of full-speed power that is drag of rotors in oil and air. Chosen: puts the best speed near 65 %.</summary>
    private const double DragShare = 0.15;

    /// <summary>The minimum pressure valve holds this part of the rated gauge pressure in the sump, 0.45 MPa of 0.7. General.</summary>
    private const double MinimumPressureShare = 0.65;

    /// <summary>Time in which the inlet valve goes 98 % of its way. Source: MEASUR 2 s injected; others far below a second.</summary>
    private const double InjectedValveSeconds = 2;
    private const double OtherValveSeconds = 0.2;

    /// <summary>Mean share of rated shaft power while starting in star-delta. Chosen.</summary>
    private const double StartShare = 0.35;

    private const double SpeedSharePerSecond = 0.1;
    private const double RestartAboveSumpPa = 50_000;

    private const double PerRatedPa = 1 / Surroundings.RatedPa;

    private static readonly double Ln50 = Math.Log(50);

    private readonly CompressorSpec _spec;
    private readonly HeadTable _heads;
    private readonly bool _hasConverter;
    private readonly double _flowM3PerSecond;
    private readonly double _ratedGaugePa;
    private readonly double _slip;
    private readonly bool _shortens;
    private readonly double _perRatedHead;
    private readonly double _unloaded;
    private readonly double _modulated;
    private readonly double _lowestSumpPa;
    private readonly double _sumpKgPerPa;
    private readonly double _paPerSumpKg;
    private readonly double _pressureShare;
    private readonly double _fillShare;
    private readonly double _valveConstant;
    private readonly double _blowDownConstant;

    private double _seconds;
    private double _perSecond;
    private double _valveDecay;
    private double _blowDownDecay;
    private double _opening;
    private double _sumpKg;
    private double _intakeShare;

    public DisplacementAirEnd(CompressorSpec spec, MachineDefaults defaults, ElectricDrive drive)
    {
        _spec = spec;
        _heads = HeadTable.Of(defaults.Stages);
        _hasConverter = spec.Control == CapacityControl.VariableSpeed;
        _flowM3PerSecond = spec.RatedFlowM3PerMin / 60;
        _ratedGaugePa = spec.RatedGaugeMPa * 1e6;
        _slip = SlipOf(spec);
        _shortens = spec.Control == CapacityControl.VariableDisplacement;
        _perRatedHead = 1 / _heads.At(1 + _ratedGaugePa / Surroundings.RatedPa);
        _unloaded = drive.ShaftShareAt(spec.UnloadedShare ?? defaults.UnloadedShare, spec.RatedPowerW);
        _lowestSumpPa = spec.SumpMPa * 1e6;
        SumpPa = Surroundings.RatedPa;
        _modulated = defaults.IsInjected ? drive.ShaftShareAt(ModulatedShareOf(spec), spec.RatedPowerW) : _unloaded;
        _valveConstant = (defaults.IsInjected ? InjectedValveSeconds : OtherValveSeconds) / Ln50;
        // The valve opens within the time of reloading: that much less air fills the sump.
        var fillSeconds = Math.Max(0.1, spec.ReloadSeconds - _valveConstant);
        _sumpKgPerPa = defaults.IsInjected ? spec.RatedKgPerSecond * fillSeconds / (_ratedGaugePa - _lowestSumpPa) : 0;
        _sumpKg = _sumpKgPerPa * SumpPa;
        _pressureShare = 1 / _ratedGaugePa;
        _fillShare = 1 / (_ratedGaugePa - _lowestSumpPa);
        _paPerSumpKg = _sumpKgPerPa > 0 ? 1 / _sumpKgPerPa : 0;
        _blowDownConstant = spec.BlowDownSeconds / Ln50;
    }

    public override double HeldKg => _sumpKg;

    public override bool CanStart => _sumpKgPerPa == 0 || SumpPa < Surroundings.RatedPa + _lowestSumpPa + RestartAboveSumpPa;

    /// <summary>Part of the rated flow that slips back at rated pressure, whatever the speed.</summary>
    public static double SlipOf(CompressorSpec spec) => SlipPerMPa * spec.RatedGaugeMPa;

    /// <summary>Closed inlet, full sump: 0.65 to 0.75, general; MEASUR's load/unload takes 0.92.</summary>
    private static double ModulatedShareOf(CompressorSpec spec) => spec.ModulatedShare ?? 0.7;

    public override void Step(double seconds, in Surroundings around, double dischargePa, AirEndMode mode, double capacity)
    {
        if (seconds != _seconds) Prepare(seconds);
        var delivers = mode == AirEndMode.Delivering;
        MoveSpeed(seconds, mode, capacity);
        var opening = MoveValve(delivers ? (_hasConverter ? 1 : capacity) : 0);

        var inletPa = around.Pa - Condition.IntakeFilterPa * _intakeShare * _intakeShare;
        var before = SumpPa;
        var slips = _slip * (before - inletPa) * _pressureShare;
        _intakeShare = Speed > 0 ? opening * Math.Max(0, Speed * (1 + _slip) - slips) : 0;
        Intake = _flowM3PerSecond * around.DryDensity * (inletPa / around.Pa) * _intakeShare * (1 - Condition.CapacityLoss);
        if (_sumpKgPerPa > 0) PassSump(seconds, around.Pa, dischargePa, mode);
        else PassThrough(around.Pa, dischargePa, delivers);
        ShaftShare = mode switch
        {
            AirEndMode.Standing => 0,
            AirEndMode.Starting => StartShare * Speed,
            _ => Shaft(inletPa, 0.5 * (before + SumpPa), opening),
        };
    }

    private double Shaft(double inletPa, double sumpPa, double opening)
    {
        var closed = _unloaded;
        if (_sumpKgPerPa > 0)
        {
            var filled = Math.Max(0, (sumpPa - Surroundings.RatedPa - _lowestSumpPa) * _fillShare);
            closed += (_modulated * (inletPa * PerRatedPa) - _unloaded) * filled;
        }
        closed *= Speed;
        if (opening < 1e-6) return closed;
        var drag = 1 - DragShare + DragShare * Speed * Speed;
        var head = _heads.At(Math.Max(1, sumpPa / inletPa)) * _perRatedHead;
        var full = inletPa * PerRatedPa * Speed * drag * head * (1 + Condition.PowerGain);
        var share = _shortens ? opening * opening : opening;
        return closed + (Math.Max(full, closed) - closed) * share;
    }

    /// <summary>
    /// Through the minimum pressure valve goes what would lift the sump above the network, also while the inlet still closes. The
    /// sump vents while unloaded.
    /// </summary>
    private void PassSump(double seconds, double aroundPa, double dischargePa, AirEndMode mode)
    {
        var available = _sumpKg + Intake * seconds;
        var full = _sumpKgPerPa * Math.Max(dischargePa, aroundPa + MinimumPressureShare * _ratedGaugePa);
        var surplus = Math.Max(0, available - full);
        Delivered = surplus * _perSecond;
        _sumpKg = available - surplus;
        Vented = 0;
        IsOpen = mode == AirEndMode.Delivering && surplus > 0;
        if (mode != AirEndMode.Delivering)
        {
            var vented = Math.Max(0, _sumpKg - _sumpKgPerPa * (mode == AirEndMode.Unloaded ? aroundPa + _lowestSumpPa : aroundPa));
            vented *= 1 - _blowDownDecay;
            _sumpKg -= vented;
            Vented = vented * _perSecond;
        }
        SumpPa = _sumpKg * _paPerSumpKg;
    }

    private void PassThrough(double aroundPa, double dischargePa, bool delivers)
    {
        IsOpen = delivers;
        Delivered = delivers ? Intake : 0;
        Vented = delivers ? 0 : Intake;
        SumpPa = delivers ? Math.Max(dischargePa, aroundPa) : aroundPa;
    }

    private void MoveSpeed(double seconds, AirEndMode mode, double capacity)
    {
        if (mode == AirEndMode.Standing)
        {
            Speed = 0;
        }
        else if (!_hasConverter)
        {
            Speed = 1;
        }
        else
        {
            var lowest = _spec.TurnDownShare;
            if (mode == AirEndMode.Starting)
            {
                Speed = Math.Min(lowest, Speed + lowest * seconds / Math.Max(seconds, _spec.StartSeconds));
                return;
            }
            var wanted = mode == AirEndMode.Delivering ? Math.Clamp((capacity + _slip) / (1 + _slip), lowest, 1) : lowest;
            Speed += Math.Clamp(wanted - Speed, -SpeedSharePerSecond * seconds, SpeedSharePerSecond * seconds);
        }
    }

    /// <summary>First-order valve; its mean over the step, exactly.</summary>
    private double MoveValve(double target)
    {
        var away = _opening - target;
        _opening = target + away * _valveDecay;
        return target + away * (1 - _valveDecay) * _valveConstant * _perSecond;
    }

    private void Prepare(double seconds)
    {
        _seconds = seconds;
        _perSecond = 1 / seconds;
        _valveDecay = Math.Exp(-seconds / _valveConstant);
        _blowDownDecay = Math.Exp(-seconds / _blowDownConstant);
    }
}
