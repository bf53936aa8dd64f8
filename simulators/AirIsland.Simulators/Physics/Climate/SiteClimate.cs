namespace AirIsland.Simulators.Physics.Climate;

/// <summary>What the weather of a place is on average: twelve values each, January first. JSON-bindable.</summary>
public sealed record SiteClimate
{
    public const int Months = 12;

    /// <summary>Mean over day and night, °C.</summary>
    public required IReadOnlyList<double> MeanCelsius { get; init; }

    /// <summary>Mean highest minus mean lowest of a day, K.</summary>
    public required IReadOnlyList<double> DailyRangeK { get; init; }

    /// <summary>Standard deviation of the mean of a day, K.</summary>
    public required IReadOnlyList<double> DeviationK { get; init; }

    /// <summary>Mean relative humidity, 0 to 1.</summary>
    public required IReadOnlyList<double> RelativeHumidity { get; init; }

    /// <summary>Mean pressure at sea level, Pa.</summary>
    public required IReadOnlyList<double> SeaLevelPa { get; init; }

    /// <summary>Standard deviation of the mean pressure of a day, Pa.</summary>
    public required IReadOnlyList<double> DeviationPa { get; init; }

    /// <summary>Height of the site above the sea, m.</summary>
    public double AltitudeM { get; init; }

    /// <summary>
    /// Ningbo (宁波), the plain of Yuyao, about 5 m above the sea. Source: general climatology. Temperatures are the monthly mean lows
    /// and highs of public climate tables, rounded to a kelvin; humidity and sea-level pressure are rounded public figures of the
    /// coast of Zhejiang; the deviations are chosen. Typhoons are not in it.
    /// </summary>
    public static SiteClimate Ningbo { get; } = new()
    {
        MeanCelsius = [5.5, 6.5, 10, 15.5, 21, 24.5, 29, 28.5, 24.5, 19, 13.5, 8],
        DailyRangeK = [7, 7, 8, 9, 8, 7, 8, 7, 7, 8, 9, 8],
        DeviationK = [3.4, 3.6, 3.8, 3.5, 2.8, 2.4, 2.0, 1.9, 2.4, 2.6, 3.2, 3.4],
        RelativeHumidity = [0.76, 0.77, 0.77, 0.76, 0.76, 0.83, 0.79, 0.80, 0.80, 0.77, 0.77, 0.74],
        SeaLevelPa = [102_600, 102_400, 102_000, 101_500, 101_050, 100_600, 100_450, 100_600, 101_200, 101_850, 102_300, 102_600],
        DeviationPa = [480, 480, 500, 460, 360, 300, 260, 300, 340, 380, 440, 470],
        AltitudeM = 5,
    };
}
