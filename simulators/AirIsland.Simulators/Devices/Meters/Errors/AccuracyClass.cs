using System.Globalization;

namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>
/// How far a meter in order may be off at its reference conditions: a share of the reading, a share of the full scale, or both added;
/// electricity meters of class S are allowed more below a twentieth of their rated load.
/// </summary>
/// <param name="OfReading">Share of the reading.</param>
/// <param name="OfFullScale">Share of the full scale, added.</param>
/// <param name="LowLoad">Share of the full scale below which <paramref name="OfReadingLow"/> holds; 0 for none.</param>
/// <param name="OfReadingLow">Share of the reading at low load; not below <paramref name="OfReading"/>.</param>
public sealed record AccuracyClass(double OfReading, double OfFullScale = 0, double LowLoad = 0, double OfReadingLow = 0)
{
    // Active energy at power factor 1: IEC 62053-22 (GB/T 17215.322) allows class 0.2 S 0.4 % and class 0.5 S 1.0 % from 1 to 5 % of the
    // rated current, 0.2 % and 0.5 % above.
    private const double LowLoadOfClassS = 0.05;

    /// <summary>The class by its usual name: <c>1.5</c> (% of reading), <c>0.5FS</c>, <c>1.5+0.3FS</c>, <c>0.2S</c>, <c>0.5S</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static AccuracyClass Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "0.2S") return new(0.002, LowLoad: LowLoadOfClassS, OfReadingLow: 0.004);
        if (text == "0.5S") return new(0.005, LowLoad: LowLoadOfClassS, OfReadingLow: 0.010);

        var (reading, fullScale) = (0.0, 0.0);
        foreach (var term in text.Split('+'))
        {
            var isFullScale = term.EndsWith("FS", StringComparison.Ordinal);
            var percent = Percent(isFullScale ? term[..^2] : term, text);
            if (isFullScale) fullScale += percent / 100;
            else reading += percent / 100;
        }
        return new(reading, fullScale);
    }

    /// <summary>The most that a reading may be off at a true value, in the unit of the value.</summary>
    public double Limit(double value, double fullScale)
    {
        var share = Math.Abs(value) < LowLoad * fullScale ? OfReadingLow : OfReading;
        return share * Math.Abs(value) + OfFullScale * fullScale;
    }

    private static double Percent(string number, string text) =>
        double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
            && double.IsFinite(percent)
            ? percent
            : throw new FormatException($"'{text}' is no accuracy class; write 1.5, 0.5FS, 1.5+0.3FS, 0.2S or 0.5S");
}
