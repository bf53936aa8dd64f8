using AirIsland.Simulators.Physics.Climate;

namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// Water in air. Air is counted as dry air; its water by the humidity ratio w, kg of water per kg of dry air, which stays the same
/// when the air is compressed. w above saturation means droplets that travel with the air. Pressures Pa absolute, temperatures K.
/// Saturation over water (Magnus, WMO constants), −45 to 60 °C; also used for dew points below 0 °C, as dew-point meters do.
/// </summary>
public static class Moisture
{
    /// <summary>Molar mass of water by that of dry air, 18.01528 / 28.9645.</summary>
    public const double MassRatio = 0.621981;

    /// <summary>0 °C in K.</summary>
    public const double ZeroCelsius = 273.15;

    /// <summary>Heat set free when water vapour condenses near 20 °C, J/kg. Source: steam tables.</summary>
    public const double CondensationJPerKg = 2.45e6;

    /// <summary>Vapour never fills more than this share of the pressure: keeps w finite for boiling air.</summary>
    private const double MostVapour = 0.9;

    /// <summary>Saturation pressure, Pa.</summary>
    public static double SaturationPa(double kelvin) => MoistAir.SaturationPa(kelvin - ZeroCelsius);

    /// <summary>Temperature, K, at which vapour of that partial pressure (above 0) begins to condense: Magnus solved for t.</summary>
    public static double DewPointOfVapour(double vapourPa) => ZeroCelsius + MoistAir.DewPointCelsius(vapourPa);

    /// <summary>Humidity ratio of vapour at a partial pressure: w = 0.622·e / (p − e).</summary>
    public static double Ratio(double vapourPa, double absolutePa)
    {
        var vapour = Math.Min(vapourPa, MostVapour * absolutePa);
        return MassRatio * vapour / (absolutePa - vapour);
    }

    /// <summary>The most vapour that air holds at a temperature and pressure, kg/kg.</summary>
    public static double SaturationRatio(double kelvin, double absolutePa) => Ratio(SaturationPa(kelvin), absolutePa);

    /// <summary>Humidity ratio of the air that a compressor breathes; relative humidity 0 to 1.</summary>
    public static double IntakeRatio(double relativeHumidity, double kelvin, double absolutePa) =>
        Ratio(relativeHumidity * SaturationPa(kelvin), absolutePa);

    /// <summary>Pressure dew point, K, of air with that humidity ratio (above 0) at that pressure.</summary>
    public static double DewPointKelvin(double humidityRatio, double absolutePa) =>
        DewPointOfVapour(absolutePa * humidityRatio / (MassRatio + humidityRatio));

    /// <summary>Water, kg/kg, that falls out when air comes to a temperature and pressure; 0 when it is dry enough.</summary>
    public static double Condensate(double humidityRatio, double kelvin, double absolutePa) =>
        Math.Max(0, humidityRatio - SaturationRatio(kelvin, absolutePa));

    /// <summary>Grams of water in the dry air of one m³ FAD.</summary>
    public static double GramsPerFadM3(double humidityRatio) => humidityRatio * DryAir.KgPerFadM3 * 1e3;
}
