using AirIsland.Simulators.Physics.Climate;

namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// What a machine breathes and is cooled by: barometer (Pa absolute), air temperature (K), relative humidity (0 to 1), cooling water (K).
/// Made once a step for all machines of a room; the densities are worked out here.
/// </summary>
public readonly record struct Surroundings
{
    /// <summary>Specific gas constant of dry air, J/(kg·K).</summary>
    public const double GasConstant = DryAir.R;

    /// <summary>Pressure of the state of ratings, Pa absolute.</summary>
    public const double RatedPa = 100_000;

    /// <summary>Chosen: a closed cooling tower brings water to about this much above the air.</summary>
    private const double WaterAboveAirKelvin = 5;

    private const double LowestWaterKelvin = 288.15;

    public Surroundings(double pa, double kelvin, double relativeHumidity, double? coolingWaterKelvin = null)
    {
        Pa = pa;
        Kelvin = kelvin;
        RelativeHumidity = relativeHumidity;
        CoolingWaterKelvin = coolingWaterKelvin ?? Math.Max(LowestWaterKelvin, kelvin + WaterAboveAirKelvin);
        DryDensity = (pa - relativeHumidity * MoistAir.SaturationPa(kelvin - 273.15)) / (GasConstant * kelvin);
        Density = pa / (GasConstant * kelvin);
    }

    /// <summary>Dry air of the state of ratings, kg/m³ FAD: 20 °C, 100 kPa (ISO 1217, GB 19153-2019 clause 6.1).</summary>
    public static double FadDensity => DryAir.KgPerFadM3;

    /// <summary>The air of a rating, with cooling water of the same temperature.</summary>
    public static Surroundings Rated { get; } = new(RatedPa, 293.15, 0, 293.15);

    public double Pa { get; }

    public double Kelvin { get; }

    public double RelativeHumidity { get; }

    public double CoolingWaterKelvin { get; }

    /// <summary>kg of dry air in a breathed m³.</summary>
    public double DryDensity { get; }

    /// <summary>kg in a breathed m³, its vapour counted as if it were air.</summary>
    public double Density { get; }

    /// <summary>Barometer at a height above the sea, Pa. Source: the standard atmosphere, to 11,000 m.</summary>
    public static double BarometerPa(double metres) => 101_325 * Math.Pow(1 - 2.25577e-5 * metres, 5.25588);
}
