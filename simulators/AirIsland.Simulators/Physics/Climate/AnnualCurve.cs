namespace AirIsland.Simulators.Physics.Climate;

/// <summary>
/// A value for each day of the year that has the given monthly means: straight lines between mid-month values that are corrected until
/// the means are met. The 29th of February is the 28th again.
/// </summary>
public sealed class AnnualCurve
{
    private const int DaysPerYear = 365;
    private const int CommonYear = 2025;
    private const int LastOfFebruary = 59;

    /// <summary>Each round leaves about a quarter of the error; after 24 none is left that a double shows.</summary>
    private const int Corrections = 24;

    private readonly double[] _days = new double[DaysPerYear];

    /// <exception cref="ArgumentException">There are not twelve means.</exception>
    public AnnualCurve(IReadOnlyList<double> monthlyMeans)
    {
        ArgumentNullException.ThrowIfNull(monthlyMeans);
        if (monthlyMeans.Count != SiteClimate.Months) throw new ArgumentException("a year has twelve means", nameof(monthlyMeans));
        double[] middles = [.. monthlyMeans];
        for (var round = 0; round < Corrections; round++)
        {
            Draw(middles);
            for (var month = 0; month < SiteClimate.Months; month++) middles[month] += monthlyMeans[month] - MeanOf(month);
        }
        Draw(middles);
    }

    /// <summary>The value of that day (<see cref="DateOnly.DayNumber"/>).</summary>
    public double On(int dayNumber) => _days[IndexOf(DateOnly.FromDayNumber(dayNumber))];

    private static int IndexOf(DateOnly date)
    {
        var index = date.DayOfYear - 1;
        return index >= LastOfFebruary && DateTime.IsLeapYear(date.Year) ? index - 1 : index;
    }

    private static (int First, int Count) DaysOf(int month) =>
        (IndexOf(new(CommonYear, month + 1, 1)), DateTime.DaysInMonth(CommonYear, month + 1));

    private static double MiddleOf(int month)
    {
        var (first, count) = DaysOf((month + SiteClimate.Months) % SiteClimate.Months);
        return first + (count - 1) / 2.0 + DaysPerYear * (month < 0 ? -1 : month / SiteClimate.Months);
    }

    private void Draw(double[] middles)
    {
        for (var from = -1; from < SiteClimate.Months; from++)
        {
            var (start, end) = (MiddleOf(from), MiddleOf(from + 1));
            var (low, high) = (middles[(from + SiteClimate.Months) % SiteClimate.Months], middles[(from + 1) % SiteClimate.Months]);
            for (var day = Math.Max(0, (int)Math.Ceiling(start)); day <= end && day < DaysPerYear; day++)
                _days[day] = low + (high - low) * (day - start) / (end - start);
        }
    }

    private double MeanOf(int month)
    {
        var (first, count) = DaysOf(month);
        var sum = 0.0;
        for (var day = first; day < first + count; day++) sum += _days[day];
        return sum / count;
    }
}
