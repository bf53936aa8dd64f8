namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// Dries by cold: air leaves with what it can hold at the temperature of the evaporator, and is warmed again by the air that enters.
/// The cold has a thermal mass. The dew point rises with flow, inlet temperature, ambient and low pressure by a maker's sizing table;
/// without its refrigeration the cold warms up to the inlet and water passes.
/// </summary>
public sealed partial class RefrigeratedDryer : IAirDryer
{
    /// <summary>Cold that the refrigeration holds at its rated duty, K (3 °C).</summary>
    private const double NominalKelvin = 276.15;

    /// <summary>
    /// Heat that a kg of rated air brings, J/kg: 38 °C saturated at 0.8 MPa to 3 °C, behind the air-to-air exchanger. Calculated.
    /// </summary>
    private const double DutyJPerKg = 20_000;

    /// <summary>Effectiveness of the air-to-air exchanger. Chosen: leaves 38 °C air at 29 °C, as data sheets' 8 to 10 K.</summary>
    private const double Reheat = 0.75;

    /// <summary>Time constant of the refrigeration's own control, s. Chosen.</summary>
    private const double ControlSeconds = 180;

    /// <summary>Time constant of the cold mass against the room, s. Chosen: 10 h, insulated.</summary>
    private const double RoomSeconds = 36_000;

    /// <summary>Cold store of a cycling dryer: off below 2 °C, on above 4 °C. Data sheets promise 2 to 4 °C.</summary>
    private const double OffKelvin = 275.15;
    private const double OnKelvin = 277.15;

    /// <summary>Shares of the rated power. Chosen: non-cycling "nearly constant"; variable speed with drive and fan losses.</summary>
    private const double BypassBase = 0.8;
    private const double VariableBase = 0.1;
    private const double Standby = 0.02;

    /// <summary>Condensing power per K of ambient. Chosen: 1 %/K, usual of small refrigeration.</summary>
    private const double PowerPerKelvin = 0.01;
    private const double LeastCondensing = 0.7;

    private readonly RefrigeratedDryerRating _rating;
    private readonly FlowResistance _resistance;
    private bool _storeCooling = true;
    private double _lastSeconds;
    private double _lastShare;

    public RefrigeratedDryer(RefrigeratedDryerRating rating)
    {
        ArgumentNullException.ThrowIfNull(rating);
        _rating = rating;
        _resistance = new(rating.DropPa, rating.KgPerSecond, RefrigeratedDryerRating.RatedPa, RefrigeratedDryerRating.RatedKelvin);
    }

    /// <summary>The refrigeration does not run: switched off, tripped, or out of refrigerant.</summary>
    public bool Failed { get; set; }

    public bool HasMains { get; set; } = true;

    /// <summary>Temperature of the coldest surface, K.</summary>
    public double ColdKelvin { get; private set; } = NominalKelvin;

    /// <summary>Water condensed so far, kg.</summary>
    public double CondensedKg { get; private set; }

    /// <summary>Electric energy so far, J.</summary>
    public double Joules { get; private set; }

    public double DropPa(double kgPerSecond, double absolutePa, double kelvin) => _resistance.DropPa(kgPerSecond, absolutePa, kelvin);

    public double DropSlope(double kgPerSecond, double absolutePa, double kelvin) => _resistance.DropSlope(kgPerSecond, absolutePa, kelvin);

    public DryerFlow Step(
        double seconds, double kgPerSecond, double inletPa, double inletKelvin, double inletHumidityRatio, double ambientKelvin)
    {
        var duty = Duty(kgPerSecond / _rating.KgPerSecond, inletPa, inletKelvin, ambientKelvin);
        var watts = Refrigerate(seconds, duty, inletKelvin, ambientKelvin);
        Joules += watts * seconds;

        var holds = Moisture.SaturationRatio(ColdKelvin, inletPa);
        var wet = inletHumidityRatio > holds;
        var outlet = wet ? holds : inletHumidityRatio;
        var condensate = wet ? kgPerSecond * seconds * (inletHumidityRatio - holds) : 0;
        CondensedKg += condensate;
        return new(
            kgPerSecond,
            outlet,
            ColdKelvin + Reheat * (inletKelvin - ColdKelvin),
            wet || outlet <= 0 ? ColdKelvin : Moisture.DewPointKelvin(outlet, inletPa),
            0,
            condensate,
            0,
            watts);
    }

    /// <summary>Moves the cold; returns the power.</summary>
    private double Refrigerate(double seconds, double duty, double inletKelvin, double ambientKelvin)
    {
        var condensing = Math.Max(LeastCondensing, 1 + PowerPerKelvin * (ambientKelvin - RefrigeratedDryerRating.RatedKelvin));
        var full = _rating.Watts * condensing;
        var load = Math.Min(1, duty);
        if (Failed || !HasMains)
        {
            Warm(seconds, duty, inletKelvin, ambientKelvin);
            return HasMains ? Standby * _rating.Watts : 0;
        }
        if (_rating.Control == RefrigerationControl.Cycling && duty < 1) return Cycle(seconds, duty, inletKelvin, ambientKelvin, full);

        _storeCooling = true;
        var settled = Math.Min(DewPointByDuty.At(duty), Math.Max(inletKelvin, NominalKelvin));
        if (seconds != _lastSeconds) (_lastSeconds, _lastShare) = (seconds, 1 - Math.Exp(-seconds / ControlSeconds));
        ColdKelvin += (settled - ColdKelvin) * _lastShare;
        return _rating.Control == RefrigerationControl.NonCycling
            ? full * (BypassBase + (1 - BypassBase) * load)
            : _rating.Control == RefrigerationControl.VariableSpeed ? full * (VariableBase + (1 - VariableBase) * load) : full;
    }

    /// <summary>On, the store loses the full cooling; on and off, it takes the air's heat. So the time on is the duty.</summary>
    private double Cycle(double seconds, double duty, double inletKelvin, double ambientKelvin, double full)
    {
        Warm(seconds, duty, inletKelvin, ambientKelvin);
        if (_storeCooling) ColdKelvin -= seconds * DutyJPerKg * _rating.KgPerSecond / _rating.ThermalMassJPerK;
        var cooled = _storeCooling;
        if (ColdKelvin <= OffKelvin) _storeCooling = false;
        else if (ColdKelvin >= OnKelvin) _storeCooling = true;
        return cooled ? full : Standby * _rating.Watts;
    }

    /// <summary>C·dT/dt = duty·Q·(T_in − T)/(T_in − T_nominal), plus the room.</summary>
    private void Warm(double seconds, double duty, double inletKelvin, double ambientKelvin)
    {
        const double leastSpan = 5;
        var heat = duty * DutyJPerKg * _rating.KgPerSecond / Math.Max(leastSpan, inletKelvin - NominalKelvin);
        var byAir = Math.Min(1, seconds * heat / _rating.ThermalMassJPerK);
        ColdKelvin += byAir * (inletKelvin - ColdKelvin);
        ColdKelvin += Math.Min(1, seconds / RoomSeconds) * (ambientKelvin - ColdKelvin);
    }
}
