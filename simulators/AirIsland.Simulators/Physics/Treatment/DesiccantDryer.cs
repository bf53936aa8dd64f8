namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// Dries by adsorption in one of two towers while the other one is regenerated. The dew point rises while a tower fills and falls when
/// the towers change (a saw-tooth); beyond its capacity the tower lets water through. Purge is dry air lost from the product; a
/// non-return valve behind the dryer is assumed, so it never purges more than flows in.
/// </summary>
public sealed class DesiccantDryer : IAirDryer
{
    /// <summary>Heater energy per kg of water driven out, J/kg: heat of adsorption 2.9 MJ/kg at 65 % efficiency. Chosen.</summary>
    public const double DesorptionJPerKg = 4.5e6;

    /// <summary>Heat of adsorption that goes with the air, J/kg: warms it by 8 to 11 K (15 to 20 °F) at rated humidity.</summary>
    private const double AdsorptionJPerKg = 2.3e6;

    /// <summary>
    /// How far purge air saturates in a heatless tower, at inlet temperature and atmospheric pressure. Chosen: with 15 % purge it just
    /// exceeds the ideal need, which is 12.7 % at 0.7 MPa(g).
    /// </summary>
    private const double PurgeSaturation = 0.92;

    /// <summary>Dew point of an empty tower, its rise until full, and the rise per further filling. Chosen; −40 °C class.</summary>
    private const double FreshKelvin = 228.15;
    private const double RiseKelvin = 8;
    private const double BreakKelvin = 40;

    /// <summary>Valves and control, W. Chosen.</summary>
    private const double ControlWatts = 50;

    private readonly DesiccantDryerRating _rating;
    private readonly FlowResistance _resistance;
    private readonly double _switchKelvin;
    private double _activeKg;
    private double _restingKg;
    private double _phase;
    private double _cooled;

    public DesiccantDryer(DesiccantDryerRating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        _rating = rating;
        _resistance = new(rating.DropPa, rating.KgPerSecond, DesiccantDryerRating.RatedPa, DesiccantDryerRating.RatedKelvin);
        _switchKelvin = rating.SwitchDewPointCelsius + Moisture.ZeroCelsius;
    }

    public DesiccantFault Fault { get; set; }

    public bool HasMains { get; set; } = true;

    /// <summary>Water held by both towers, kg.</summary>
    public double StoredWaterKg => _activeKg + _restingKg;

    /// <summary>How often the towers have changed.</summary>
    public int Switches { get; private set; }

    /// <summary>Dry air blown off so far, kg.</summary>
    public double PurgedKg { get; private set; }

    /// <summary>Water that left with the exhaust so far, kg.</summary>
    public double ExhaustedWaterKg { get; private set; }

    /// <summary>Electric energy so far, J.</summary>
    public double Joules { get; private set; }

    /// <summary>Dry air, kg/s, that the purge valve takes now at that pressure: what a network solver adds behind the dryer.</summary>
    public double PurgeDemand(double absolutePa) =>
        PurgeOpen ? _rating.PurgeShare * _rating.KgPerSecond * absolutePa / DesiccantDryerRating.RatedPa : 0;

    private bool Regenerating => _restingKg > 0 && _phase < _rating.RegenerationShare * _rating.SwitchSeconds;

    private bool Cooling => _cooled < (1 - _rating.RegenerationShare) * _rating.SwitchSeconds;

    private bool PurgeOpen => Fault switch
    {
        DesiccantFault.PurgeStuckOpen => true,
        DesiccantFault.NoRegeneration => false,
        // The purge valve is held open by its coil.
        _ when !HasMains => false,
        _ when _rating.Kind == DesiccantKind.BlowerPurge => !Regenerating && Cooling,
        _ => !_rating.DemandControlled || Regenerating || Cooling,
    };

    public double DropPa(double kgPerSecond, double absolutePa, double kelvin) => _resistance.DropPa(kgPerSecond, absolutePa, kelvin);

    public double DropSlope(double kgPerSecond, double absolutePa, double kelvin) => _resistance.DropSlope(kgPerSecond, absolutePa, kelvin);

    /// <param name="seconds">Length of the step, below the switch time.</param>
    /// <param name="kgPerSecond">Dry air that enters, not below 0.</param>
    /// <param name="inletPa">Absolute.</param>
    /// <param name="inletKelvin">Temperature of the air that enters.</param>
    /// <param name="inletHumidityRatio">Its water, droplets included, kg/kg.</param>
    public DryerFlow Step(double seconds, double kgPerSecond, double inletPa, double inletKelvin, double inletHumidityRatio)
    {
        var purge = Math.Min(PurgeDemand(inletPa), kgPerSecond);
        var tower = TowerDewPoint();
        var holds = Moisture.SaturationRatio(tower, inletPa);
        var wet = inletHumidityRatio > holds;
        var outlet = wet ? holds : inletHumidityRatio;

        var watts = HasMains ? ControlWatts : 0;
        var removed = 0.0;
        if (!Regenerating) _cooled += seconds;
        else if (HasMains && Fault != DesiccantFault.NoRegeneration) (removed, watts) = Regenerate(seconds, purge, inletKelvin, outlet);

        _activeKg += kgPerSecond * seconds * (inletHumidityRatio - outlet);
        _restingKg -= removed;
        var exhausted = removed + purge * seconds * outlet;
        PurgedKg += purge * seconds;
        ExhaustedWaterKg += exhausted;
        Joules += watts * seconds;
        if (HasMains) Advance(seconds, tower);
        return new(
            kgPerSecond - purge,
            outlet,
            inletKelvin + (inletHumidityRatio - outlet) * AdsorptionJPerKg / DryAir.Cp,
            wet || outlet <= 0 ? tower : Moisture.DewPointKelvin(outlet, inletPa),
            purge,
            0,
            exhausted,
            watts);
    }

    /// <summary>Its towers do not feel the room.</summary>
    DryerFlow IAirDryer.Step(
        double seconds, double kgPerSecond, double inletPa, double inletKelvin, double inletHumidityRatio, double ambientKelvin) =>
        Step(seconds, kgPerSecond, inletPa, inletKelvin, inletHumidityRatio);

    private double TowerDewPoint()
    {
        var full = _activeKg / _rating.BedKg;
        return FreshKelvin + RiseKelvin * full + BreakKelvin * Math.Max(0, full - 1);
    }

    /// <summary>Water, kg, that leaves the resting tower, and the power that it takes.</summary>
    private (double Kg, double Watts) Regenerate(double seconds, double purge, double kelvin, double purgeRatio)
    {
        if (_rating.Kind == DesiccantKind.Heatless)
        {
            var carries = PurgeSaturation * Moisture.SaturationRatio(kelvin, DryAir.AtmospherePa) - purgeRatio;
            return (Math.Min(_restingKg, purge * seconds * Math.Max(0, carries)), ControlWatts);
        }
        // Without air the heater is locked.
        if (_rating.Kind == DesiccantKind.HeatedPurge && purge <= 0) return (0, ControlWatts);
        var could = _rating.HeaterWatts * seconds / DesorptionJPerKg;
        var kg = Math.Min(_restingKg, could);
        return (kg, ControlWatts + _rating.BlowerWatts + _rating.HeaterWatts * kg / could);
    }

    private void Advance(double seconds, double towerKelvin)
    {
        _phase += seconds;
        if (_phase < _rating.SwitchSeconds || (_rating.DemandControlled && towerKelvin < _switchKelvin)) return;
        _phase = _rating.DemandControlled ? 0 : _phase - _rating.SwitchSeconds;
        _cooled = 0;
        (_activeKg, _restingKg) = (_restingKg, _activeKg);
        Switches++;
    }
}
