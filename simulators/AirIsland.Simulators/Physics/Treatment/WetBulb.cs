namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>
/// Wet-bulb temperature of outdoor air. Source: Stull, J. Appl. Meteor. Climatol. 50 (2011) 2267, a fit at sea-level pressure; valid
/// from 5 to 99 % and −20 to 50 °C, error −1 to +0.65 K, 0.3 K in the mean. Slow: once a minute is enough.
/// </summary>
public static class WetBulb
{
    /// <param name="kelvin">Air temperature.</param>
    /// <param name="relativeHumidity">0.05 to 0.99; clamped to it.</param>
    public static double Kelvin(double kelvin, double relativeHumidity)
    {
        var t = kelvin - Moisture.ZeroCelsius;
        var rh = 100 * Math.Clamp(relativeHumidity, 0.05, 0.99);
        var celsius = t * Math.Atan(0.151977 * Math.Sqrt(rh + 8.313659)) + Math.Atan(t + rh) - Math.Atan(rh - 1.676331)
            + 0.00391838 * rh * Math.Sqrt(rh) * Math.Atan(0.023101 * rh) - 4.686035;
        return celsius + Moisture.ZeroCelsius;
    }
}
