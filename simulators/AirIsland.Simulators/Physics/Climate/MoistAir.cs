namespace AirIsland.Simulators.Physics.Climate;

/// <summary>Water in air. Temperatures in °C, pressures in Pa. Valid from −45 to 60 °C over water, near atmospheric pressure.</summary>
public static class MoistAir
{
    // Magnus formula with the constants of the WMO guide (CIMO, annex 4.B).
    private const double MagnusPa = 611.2;
    private const double MagnusFactor = 17.62;
    private const double MagnusCelsius = 243.12;

    // Psychrometer constant of a ventilated wet bulb, 1/K, and its slope with the wet bulb, 1/K (same source).
    private const double Psychrometer = 6.53e-4;
    private const double PsychrometerSlope = 9.44e-4;

    private const int NewtonSteps = 6;

    /// <summary>Saturation pressure of water, p_s = 611.2·exp(17.62·t/(243.12 + t)).</summary>
    public static double SaturationPa(double celsius) => MagnusPa * Math.Exp(MagnusFactor * celsius / (MagnusCelsius + celsius));

    /// <summary>The temperature at which that vapour pressure is saturated: the formula above, inverted.</summary>
    public static double DewPointCelsius(double vapourPa)
    {
        var exponent = Math.Log(vapourPa / MagnusPa);
        return MagnusCelsius * exponent / (MagnusFactor - exponent);
    }

    /// <summary>
    /// The wet bulb t_w of p_s(t_w) − A·(1 + 9.44e-4·t_w)·p·(t − t_w) = e with A = 6.53e-4. The left side grows ever faster with t_w,
    /// so Newton's steps from the dry bulb fall onto the root from above and stay at or below the dry bulb.
    /// </summary>
    public static double WetBulbCelsius(double celsius, double vapourPa, double pa)
    {
        var wet = celsius;
        for (var i = 0; i < NewtonSteps; i++)
        {
            var saturation = SaturationPa(wet);
            var factor = Psychrometer * (1 + PsychrometerSlope * wet) * pa;
            var slope = saturation * MagnusFactor * MagnusCelsius / ((MagnusCelsius + wet) * (MagnusCelsius + wet)) + factor
                - Psychrometer * PsychrometerSlope * pa * (celsius - wet);
            wet -= (saturation - factor * (celsius - wet) - vapourPa) / slope;
        }
        return Math.Min(wet, celsius);
    }

    /// <summary>
    /// Barometric pressure over that at sea level, (1 − 2.25577e-5·h)^5.25588: standard atmosphere, below 11 km.
    /// </summary>
    public static double BarometricRatio(double altitudeM) => Math.Pow(1 - 2.25577e-5 * altitudeM, 5.25588);
}
