namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// A water circuit that takes the compressors' heat for a user: the least of what is there, what is asked for and what the exchanger
/// can do. Its pump turns so that the water leaves at a set temperature; the rest of the heat stays with the coolers.
/// </summary>
public sealed class HeatRecovery
{
    /// <summary>Heat capacity of water near 40 °C, J/(kg·K).</summary>
    public const double WaterJPerKgK = 4180;

    /// <summary>Share of the offered heat that reaches the water. Chosen; of electric input 65 % is measured, 76 % claimed.</summary>
    private const double Effectiveness = 0.9;

    /// <summary>Least speed of the pump, as a share of its flow. Chosen.</summary>
    private const double LeastShare = 0.2;

    private readonly double _capacityWatts;
    private readonly double _setKelvin;
    private readonly double _ratedWaterKgPerSecond;
    private readonly double _pumpWatts;

    /// <param name="capacityWatts">The most the exchanger moves.</param>
    /// <param name="setKelvin">Water to the user; oil of 80 to 100 °C allows 70 °C.</param>
    /// <param name="ratedReturnKelvin">Water from the user, for which the pump is sized.</param>
    /// <param name="pumpWatts">Pump at full flow; power ∝ flow³ above its least speed.</param>
    public HeatRecovery(double capacityWatts, double setKelvin, double ratedReturnKelvin, double pumpWatts)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityWatts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(setKelvin, ratedReturnKelvin);
        _capacityWatts = capacityWatts;
        _setKelvin = setKelvin;
        _ratedWaterKgPerSecond = capacityWatts / (WaterJPerKgK * (setKelvin - ratedReturnKelvin));
        _pumpWatts = pumpWatts;
    }

    /// <summary>The pump stands: all heat goes to the coolers.</summary>
    public bool Failed { get; set; }

    /// <summary>Heat given to the user so far, J: what a heat meter shows.</summary>
    public double RecoveredJ { get; private set; }

    /// <summary>Heat left for the coolers so far, J.</summary>
    public double RejectedJ { get; private set; }

    /// <summary>Electric energy of the pump so far, J.</summary>
    public double PumpJ { get; private set; }

    /// <param name="seconds">Length of the step.</param>
    /// <param name="recoverableWatts">Heat that the machines offer now.</param>
    /// <param name="demandWatts">Heat that the user takes now.</param>
    /// <param name="returnKelvin">Water that comes back from the user.</param>
    public HeatRecoveryFlow Step(double seconds, double recoverableWatts, double demandWatts, double returnKelvin)
    {
        double taken = 0, water = 0, pump = 0;
        var outlet = returnKelvin;
        var span = _setKelvin - returnKelvin;
        if (!Failed && span > 0 && recoverableWatts > 0 && demandWatts > 0)
        {
            taken = Math.Min(Math.Min(recoverableWatts * Effectiveness, demandWatts), _capacityWatts);
            taken = Math.Min(taken, _ratedWaterKgPerSecond * WaterJPerKgK * span);
            water = Math.Max(LeastShare * _ratedWaterKgPerSecond, taken / (WaterJPerKgK * span));
            outlet = returnKelvin + taken / (WaterJPerKgK * water);
            var share = water / _ratedWaterKgPerSecond;
            pump = _pumpWatts * share * share * share;
        }
        var rest = recoverableWatts - taken;
        RecoveredJ += taken * seconds;
        RejectedJ += rest * seconds;
        PumpJ += pump * seconds;
        return new(taken, rest, water, outlet, pump);
    }
}
