namespace AirIsland.Simulators.Physics.Climate;

/// <summary>
/// The mean dew points that give the mean humidities: humidity bends with temperature, so the dew point of the mean humidity at the mean
/// temperature would not. Averaged over the daily curve and over moist and dry days, then solved by halving.
/// </summary>
internal static class DewPointNormals
{
    private const int Halvings = 40;

    // Gauss–Hermite, five points, for the normal distribution: places and weights (standard tables).
    private static readonly double[] Places = [-2.8569700, -1.3556262, 0, 1.3556262, 2.8569700];
    private static readonly double[] Weights = [0.0112574, 0.2220759, 0.5333333, 0.2220759, 0.0112574];

    /// <param name="climate">The place.</param>
    /// <param name="depressionDeviationK">Standard deviation of the day's dew point below its normal, K.</param>
    public static double[] Of(SiteClimate climate, double depressionDeviationK)
    {
        var normals = new double[SiteClimate.Months];
        for (var month = 0; month < normals.Length; month++)
        {
            var (low, high) = (climate.MeanCelsius[month] - 30, climate.MeanCelsius[month] + 10);
            for (var i = 0; i < Halvings; i++)
            {
                var middle = (low + high) / 2;
                if (MeanHumidity(climate, month, middle, depressionDeviationK) < climate.RelativeHumidity[month]) low = middle;
                else high = middle;
            }
            normals[month] = (low + high) / 2;
        }
        return normals;
    }

    private static double MeanHumidity(SiteClimate climate, int month, double dewCelsius, double deviationK)
    {
        var sum = 0.0;
        for (var hour = 0; hour < 24; hour++)
        {
            var celsius = climate.MeanCelsius[month] + climate.DailyRangeK[month] / 2 * DailyShape.At(hour);
            var saturation = MoistAir.SaturationPa(celsius);
            for (var i = 0; i < Places.Length; i++)
            {
                var vapour = MoistAir.SaturationPa(dewCelsius + Places[i] * deviationK);
                sum += Weights[i] * Math.Min(1, vapour / saturation);
            }
        }
        return sum / 24;
    }
}
