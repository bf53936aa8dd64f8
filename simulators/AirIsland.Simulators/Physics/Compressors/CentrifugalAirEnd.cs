namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Turbo at constant speed with inlet guide vanes. What it can pass falls with the head (per kg, so warm intake air counts as more
/// head): a parabola through stonewall, rated and natural surge point (MEASUR's form). The surge line under guide vanes is straight.
/// Power at the shaft is linear in the flow between (1, 1) and the surge point at rated head (MEASUR), and follows the density.
/// Below the surge line the rest is blown off. Valid from 0.7 of the rated head to the natural surge head.
/// </summary>
internal sealed class CentrifugalAirEnd : AirEnd
{
    /// <summary>Head and flow over rated at both ends of the curve at full vanes. Chosen: a usual 10 % rise to surge.</summary>
    private const double StonewallHead = 0.85;
    private const double StonewallShare = 1.15;
    private const double SurgeHead = 1.10;
    private const double NaturalSurgeShare = 0.80;

    /// <summary>The anti-surge controller keeps this far off the line. General: 5 to 10 %; 3 % of a calm machine.</summary>
    private const double GuardFactor = 1.03;

    /// <summary>Flow through closed vanes while unloaded, all blown off. Chosen.</summary>
    private const double UnloadedFlowShare = 0.15;

    private const double StartShare = 0.35;

    private readonly double _flowM3PerSecond;
    private readonly double _perRatedHead;
    private readonly double _unloaded;
    private readonly double _surgeShare;
    private readonly double _surgeSlope;
    private readonly double _powerSlope;
    private readonly double _loadSeconds;
    private readonly HeadTable _heads;

    private double _loaded;
    private double _passed;

    public CentrifugalAirEnd(CompressorSpec spec, MachineDefaults defaults, ElectricDrive drive)
    {
        _heads = HeadTable.Of(defaults.Stages);
        _flowM3PerSecond = spec.RatedFlowM3PerMin / 60;
        var rated = Surroundings.Rated;
        _perRatedHead = 1 / (_heads.At(1 + spec.RatedGaugeMPa * 1e6 / rated.Pa) * rated.Kelvin);
        _unloaded = drive.ShaftShareAt(spec.UnloadedShare ?? defaults.UnloadedShare, spec.RatedPowerW);
        _surgeShare = spec.SurgeShare;
        _surgeSlope = (NaturalSurgeShare - spec.SurgeShare) / (SurgeHead - 1);
        _powerSlope = (1 - drive.ShaftShareAt(spec.SurgePowerShare, spec.RatedPowerW)) / (1 - spec.SurgeShare);
        _loadSeconds = spec.ReloadSeconds;
        SumpPa = rated.Pa;
    }

    /// <summary>Flow through the machine over rated.</summary>
    public double PassedShare => _passed;

    /// <summary>Flow over rated at which it surges at the head of the last step.</summary>
    public double SurgeLineShare { get; private set; }

    public static double LowestShare(CompressorSpec spec) => spec.SurgeShare * GuardFactor;

    public override void Step(double seconds, in Surroundings around, double dischargePa, AirEndMode mode, double capacity)
    {
        var inletPa = around.Pa - Condition.IntakeFilterPa * _passed * _passed;
        var head = _heads.At(Math.Max(1, dischargePa / inletPa)) * around.Kelvin * _perRatedHead;
        var widest = Widest(head);
        SurgeLineShare = Math.Max(0, _surgeShare + _surgeSlope * (head - 1));
        MustUnload = widest < GuardFactor * SurgeLineShare;
        IsSurging = false;
        Speed = mode == AirEndMode.Standing ? 0 : 1;
        _loaded = mode == AirEndMode.Delivering ? Math.Min(1, _loaded + seconds / _loadSeconds) : 0;
        IsOpen = _loaded >= 1 && !MustUnload;

        var density = around.Density * (inletPa / around.Pa) / Surroundings.FadDensity;
        var wanted = 0.0;
        switch (mode)
        {
            case AirEndMode.Delivering:
                wanted = IsOpen ? Math.Min(capacity, widest) : 0;
                _passed = Passes(wanted, widest);
                ShaftShare = density * (1 - _powerSlope * (1 - _passed)) * (1 + Condition.PowerGain);
                if (_loaded < 1) ShaftShare = _unloaded + (ShaftShare - _unloaded) * _loaded;
                break;
            case AirEndMode.Unloaded:
                _passed = UnloadedFlowShare;
                ShaftShare = _unloaded * density;
                break;
            default:
                _passed = 0;
                ShaftShare = mode == AirEndMode.Starting ? StartShare * density : 0;
                break;
        }
        var kgPerShare = _flowM3PerSecond * around.DryDensity * (inletPa / around.Pa) * (1 - Condition.CapacityLoss);
        Intake = kgPerShare * _passed;
        Delivered = kgPerShare * Math.Min(wanted, _passed);
        Vented = Intake - Delivered;
        SumpPa = IsOpen ? dischargePa : around.Pa;
    }

    /// <summary>What goes through the machine: never below the guard while the blow-off valve works.</summary>
    private double Passes(double wanted, double widest)
    {
        if (!IsOpen)
        {
            // Vented to the atmosphere, far from surge, on the way to the guard.
            return UnloadedFlowShare + (_surgeShare * GuardFactor - UnloadedFlowShare) * _loaded;
        }
        if (!Condition.IsBlowOffStuck) return Math.Max(wanted, Math.Min(widest, GuardFactor * SurgeLineShare));
        IsSurging = wanted < SurgeLineShare;
        return wanted;
    }

    private static double Widest(double head)
    {
        if (head <= StonewallHead) return StonewallShare;
        const double first = (1 - StonewallShare) / (1 - StonewallHead);
        const double last = (NaturalSurgeShare - 1) / (SurgeHead - 1);
        const double bend = (last - first) / (SurgeHead - StonewallHead);
        return Math.Max(0, StonewallShare + (head - StonewallHead) * (first + bend * (head - 1)));
    }
}
