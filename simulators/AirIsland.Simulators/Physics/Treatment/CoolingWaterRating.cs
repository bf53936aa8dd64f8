namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>An open cooling tower with its pump, rated at 28 °C wet bulb, 32 °C supply and 37 °C return.</summary>
/// <param name="HeatWatts">Rated heat.</param>
/// <param name="FanWatts">Fan at full speed.</param>
/// <param name="PumpWatts">Pump at full flow.</param>
/// <param name="WaterKg">Water in basin and pipes.</param>
/// <param name="SetKelvin">Supply temperature that the fan holds when the weather lets it.</param>
public sealed record CoolingWaterRating(double HeatWatts, double FanWatts, double PumpWatts, double WaterKg, double SetKelvin)
{
    /// <summary>Supply above wet bulb at the rated point, K. Usual Chinese design: 32 °C at 28 °C.</summary>
    public const double ApproachKelvin = 4;

    /// <summary>Return above supply at the rated point, K. Usual Chinese design: 37 °C from 32 °C.</summary>
    public const double RangeKelvin = 5;

    /// <summary>Fan 1 % and pump 3 % of the heat; two minutes of flow in the basin; 28 °C supply. All chosen.</summary>
    public static CoolingWaterRating For(double heatWatts) => new(
        heatWatts,
        0.01 * heatWatts,
        0.03 * heatWatts,
        120 * heatWatts / (HeatRecovery.WaterJPerKgK * RangeKelvin),
        301.15);
}
