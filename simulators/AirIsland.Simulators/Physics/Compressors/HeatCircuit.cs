namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// Two warm masses: the element, and the oil with its sump (jacket and gear oil where nothing is injected). Friction warms the oil, the
/// rest of the shaft power the element; the air takes heat from the element, stage by stage; a thermostat lets oil through its cooler.
/// What is not carried off is stored, so the balance is exact by construction.
/// </summary>
internal sealed class HeatCircuit
{
    /// <summary>J/(kg·K), dry air, 20 to 200 °C.</summary>
    private const double AirHeat = 1006;

    /// <summary>Part of the way from element to coolant that a cooler brings the air. Chosen: 6 to 10 K above the coolant.</summary>
    private const double CoolerEffectiveness = 0.9;

    /// <summary>Oil cooler, W/K per kW rated. Chosen: oil at 80 °C in 40 °C air.</summary>
    private const double OilCooler = 17;

    private const double ThermostatBand = 15;
    private const double InjectedThermostatKelvin = 338.15;
    private const double OtherThermostatKelvin = 318.15;

    /// <summary>To the room, W/K per kW rated. Chosen: 3 % of the power at 80 °C.</summary>
    private const double ElementToRoom = 0.1;
    private const double OilToRoom = 0.4;

    /// <summary>Without a pump oil and element still exchange a little.</summary>
    private const double StandingShare = 0.1;

    /// <summary>Longest step of the explicit solution; the quickest time constant is 15 s.</summary>
    private const double LongestSeconds = 5;

    private readonly double _elementMass;
    private readonly double _oilMass;
    private readonly double _perElementMass;
    private readonly double _perOilMass;
    private readonly double _elementToOil;
    private readonly double _elementToRoom;
    private readonly double _oilToRoom;
    private readonly double _oilCooler;
    private readonly double _frictionW;
    private readonly double _thermostatKelvin;
    private readonly double _laterStages;
    private readonly bool _isWaterCooled;
    private readonly double _firstKelvin;

    public HeatCircuit(CompressorSpec spec, MachineDefaults defaults, double ratedShaftW, double kelvin)
    {
        var kilowatts = spec.RatedPowerW / 1e3;
        _elementMass = defaults.ElementMass * kilowatts;
        _oilMass = defaults.OilMass * kilowatts;
        _perElementMass = 1 / _elementMass;
        _perOilMass = 1 / _oilMass;
        _elementToOil = defaults.ElementToOil * kilowatts;
        _elementToRoom = ElementToRoom * kilowatts;
        _oilToRoom = OilToRoom * kilowatts;
        _oilCooler = OilCooler * kilowatts;
        _frictionW = defaults.FrictionShare * ratedShaftW;
        _thermostatKelvin = defaults.IsInjected ? InjectedThermostatKelvin : OtherThermostatKelvin;
        _laterStages = defaults.CooledStages - 1;
        _isWaterCooled = spec.IsWaterCooled;
        _firstKelvin = ElementKelvin = OilKelvin = OutletKelvin = kelvin;
    }

    public double ElementKelvin { get; private set; }

    public double OilKelvin { get; private set; }

    public double OutletKelvin { get; private set; }

    public double OilCoolerW { get; private set; }

    public double IntercoolerW { get; private set; }

    public double AftercoolerW { get; private set; }

    public double RadiationW { get; private set; }

    public double DeliveredAirW { get; private set; }

    public double VentedAirW { get; private set; }

    public double StoredW { get; private set; }

    /// <summary>Heat held above the first temperatures, J: independent of the sums of the steps.</summary>
    public double StoredJ => _elementMass * (ElementKelvin - _firstKelvin) + _oilMass * (OilKelvin - _firstKelvin);

    public void Step(double seconds, double shaftW, double speed, AirEnd air, in Surroundings around)
    {
        OilCoolerW = IntercoolerW = AftercoolerW = RadiationW = DeliveredAirW = VentedAirW = StoredW = 0;
        if (seconds <= LongestSeconds)
        {
            Part(seconds, 1, shaftW, speed, air, around);
            return;
        }
        var parts = (int)Math.Ceiling(seconds / LongestSeconds);
        for (var i = 0; i < parts; i++) Part(seconds / parts, 1.0 / parts, shaftW, speed, air, around);
    }

    private void Part(double seconds, double weight, double shaftW, double speed, AirEnd air, in Surroundings around)
    {
        var runs = speed > 0;
        var room = around.Kelvin;
        var clean = 1 - air.Condition.CoolerLoss;
        var coolant = Math.Min(ElementKelvin, _isWaterCooled ? around.CoolingWaterKelvin : room);
        var cooled = coolant + (ElementKelvin - coolant) * (1 - CoolerEffectiveness * clean);
        var delivered = AirHeat * air.Delivered;
        var vented = AirHeat * air.Vented;

        var friction = Math.Min(shaftW, _frictionW * speed);
        var toIntercooler = (delivered + vented) * _laterStages * (ElementKelvin - cooled);
        var toAir = (delivered + vented) * (ElementKelvin - room) + toIntercooler;
        var toOil = _elementToOil * (runs ? 1 : StandingShare) * (ElementKelvin - OilKelvin);
        var elementToRoom = _elementToRoom * (ElementKelvin - room);
        var oilToRoom = _oilToRoom * (OilKelvin - room);
        var thermostat = runs ? Math.Clamp((OilKelvin - _thermostatKelvin) / ThermostatBand, 0, 1) : 0;
        var oilCooler = _oilCooler * clean * thermostat * Math.Max(0, OilKelvin - coolant);

        var element = shaftW - friction - toAir - toOil - elementToRoom;
        var oil = friction + toOil - oilCooler - oilToRoom;
        OutletKelvin = cooled;
        OilCoolerW += oilCooler * weight;
        IntercoolerW += toIntercooler * weight;
        AftercoolerW += delivered * (ElementKelvin - cooled) * weight;
        RadiationW += (elementToRoom + oilToRoom) * weight;
        DeliveredAirW += delivered * (cooled - room) * weight;
        VentedAirW += vented * (ElementKelvin - room) * weight;
        StoredW += (element + oil) * weight;
        ElementKelvin += element * seconds * _perElementMass;
        OilKelvin += oil * seconds * _perOilMass;
    }
}
