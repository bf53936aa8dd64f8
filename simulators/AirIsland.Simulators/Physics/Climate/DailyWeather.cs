using AirIsland.Simulators.Physics.Noise;

namespace AirIsland.Simulators.Physics.Climate;

/// <summary>
/// Each day's weather by seed: normals of the season and deviations that last some days. Cold comes with high pressure, clear days
/// have a wide range and dry air. A pure function of seed and day; slow (microseconds), asked twice a day.
/// </summary>
internal sealed class DailyWeather
{
    /// <summary>Correlation of a day with the day before; about this in the mid-latitudes (general). Chosen.</summary>
    private const double Persistence = 0.65;

    /// <summary>Standard deviation of a day's dew point about what its warmth asks for, K. Chosen.</summary>
    private const double DepressionDeviationK = 2.5;

    // How far clear skies decide the daily range and the dryness, and cold the pressure: shares of a standard deviation. Chosen.
    private const double RangeByClearness = 0.35;
    private const double DrynessByClearness = 0.6;
    private const double PressureByCold = 0.5;

    // An overcast day still has some range, a clear one not more than this times the normal. Chosen.
    private const double LowestRange = 0.3;
    private const double HighestRange = 1.7;

    private readonly AnnualCurve _mean, _range, _deviationK, _dew, _seaLevel, _deviationPa;
    private readonly DailyNoise _warmth, _clearness, _dryness, _pressure;

    public DailyWeather(SiteClimate climate, ulong seed)
    {
        _mean = new(climate.MeanCelsius);
        _range = new(climate.DailyRangeK);
        _deviationK = new(climate.DeviationK);
        _dew = new(DewPointNormals.Of(climate, DepressionDeviationK));
        _seaLevel = new(climate.SeaLevelPa);
        _deviationPa = new(climate.DeviationPa);
        _warmth = new(seed, 1, Persistence);
        _clearness = new(seed, 2, Persistence);
        _dryness = new(seed, 3, Persistence);
        _pressure = new(seed, 4, Persistence);
    }

    public WeatherDay On(int dayNumber)
    {
        var (warmth, clearness) = (_warmth.At(dayNumber), _clearness.At(dayNumber));
        var dryness = Mix(DrynessByClearness, clearness, _dryness.At(dayNumber));
        var pressure = Mix(PressureByCold, -warmth, _pressure.At(dayNumber));
        var warmthK = _deviationK.On(dayNumber) * warmth;
        return new(
            _mean.On(dayNumber) + warmthK,
            _range.On(dayNumber) * Math.Clamp(1 + RangeByClearness * clearness, LowestRange, HighestRange),
            _dew.On(dayNumber) + warmthK - DepressionDeviationK * dryness,
            _seaLevel.On(dayNumber) + _deviationPa.On(dayNumber) * pressure);
    }

    /// <summary>Two independent numbers of deviation 1 make a third of deviation 1.</summary>
    private static double Mix(double share, double a, double b) => share * a + Math.Sqrt(1 - share * share) * b;
}
