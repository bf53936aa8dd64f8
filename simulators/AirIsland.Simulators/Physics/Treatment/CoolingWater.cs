namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// A cooling water loop: pump, machines, tower. The tower gives heat by G(fan)·(T_return − T_wet bulb), with G from its rated point and
/// in proportion to the air that the fan moves; the fan turns as fast as the supply temperature needs (power ∝ speed³), the pump as
/// the heat needs. Pump heat is left out.
/// </summary>
public sealed class CoolingWater
{
    /// <summary>What a tower does without its fan. Chosen: 10 %.</summary>
    private const double NaturalDraught = 0.1;

    /// <summary>Least pump flow. Chosen; coolers must not fall dry.</summary>
    private const double LeastFlow = 0.4;

    /// <summary>Time in which the fan brings the basin back to its set temperature, s. Chosen.</summary>
    private const double ControlSeconds = 120;

    /// <summary>Share of the tower's heat that leaves by evaporation. Usual: 0.75 to 0.9.</summary>
    private const double EvaporatedShare = 0.8;

    /// <summary>Concentration of the loop's salts by the fresh water's. Chosen; bleed = evaporation/(4 − 1).</summary>
    private const double Concentration = 4;

    private readonly CoolingWaterRating _rating;
    private readonly double _ratedFlow;
    private readonly double _towerWattsPerKelvin;
    private readonly double _basinJPerK;

    public CoolingWater(CoolingWaterRating rating, double kelvin)
    {
        ArgumentNullException.ThrowIfNull(rating);
        _rating = rating;
        _ratedFlow = rating.HeatWatts / (HeatRecovery.WaterJPerKgK * CoolingWaterRating.RangeKelvin);
        _towerWattsPerKelvin = rating.HeatWatts / (CoolingWaterRating.RangeKelvin + CoolingWaterRating.ApproachKelvin);
        _basinJPerK = rating.WaterKg * HeatRecovery.WaterJPerKgK;
        SupplyKelvin = kelvin;
    }

    public bool FanFailed { get; set; }

    public bool PumpFailed { get; set; }

    /// <summary>Water to the machines.</summary>
    public double SupplyKelvin { get; private set; }

    /// <summary>Heat in the water above 0 °C, J.</summary>
    public double StoredJ => _basinJPerK * (SupplyKelvin - Moisture.ZeroCelsius);

    /// <summary>Heat taken from the machines so far, J.</summary>
    public double TakenJ { get; private set; }

    /// <summary>Heat given to the weather so far, J.</summary>
    public double RejectedJ { get; private set; }

    /// <summary>Electric energy of fan and pump so far, J.</summary>
    public double ElectricJ { get; private set; }

    /// <summary>Fresh water so far, kg.</summary>
    public double MakeUpKg { get; private set; }

    /// <param name="seconds">Length of the step.</param>
    /// <param name="heatWatts">Heat that the machines want to give; 0 lets the pump stand.</param>
    /// <param name="wetBulbKelvin">Of the outdoor air.</param>
    public CoolingWaterFlow Step(double seconds, double heatWatts, double wetBulbKelvin)
    {
        var runs = !PumpFailed && heatWatts > 0;
        if (!runs) return Stand(seconds);

        var pump = Math.Clamp(heatWatts / _rating.HeatWatts, LeastFlow, 1);
        var range = heatWatts / (pump * _ratedFlow * HeatRecovery.WaterJPerKgK);
        var drive = SupplyKelvin + range - wetBulbKelvin;
        var fan = FanShare(heatWatts, drive);
        var g = _towerWattsPerKelvin * (NaturalDraught + (1 - NaturalDraught) * fan);

        // Implicit, so that a long step cannot swing.
        var rise = seconds * (heatWatts - g * drive) / (_basinJPerK + g * seconds);
        SupplyKelvin += rise;
        var rejected = heatWatts - _basinJPerK * rise / seconds;
        var evaporated = Math.Max(0, rejected) * EvaporatedShare / Moisture.CondensationJPerKg;
        return Count(seconds, new(
            pump * _ratedFlow,
            SupplyKelvin,
            SupplyKelvin + range,
            heatWatts,
            rejected,
            _rating.FanWatts * fan * fan * fan,
            _rating.PumpWatts * pump * pump * pump,
            evaporated * Concentration / (Concentration - 1)));
    }

    private double FanShare(double heatWatts, double drive)
    {
        if (FanFailed) return 0;
        if (drive <= 0) return SupplyKelvin > _rating.SetKelvin ? 1 : 0;
        var wanted = heatWatts + (SupplyKelvin - _rating.SetKelvin) * _basinJPerK / ControlSeconds;
        return Math.Clamp((wanted / (drive * _towerWattsPerKelvin) - NaturalDraught) / (1 - NaturalDraught), 0, 1);
    }

    private CoolingWaterFlow Stand(double seconds) => Count(seconds, new(0, SupplyKelvin, SupplyKelvin, 0, 0, 0, 0, 0));

    private CoolingWaterFlow Count(double seconds, in CoolingWaterFlow flow)
    {
        TakenJ += flow.TakenWatts * seconds;
        RejectedJ += flow.RejectedWatts * seconds;
        ElectricJ += (flow.FanWatts + flow.PumpWatts) * seconds;
        MakeUpKg += flow.MakeUpKgPerSecond * seconds;
        return flow;
    }
}
