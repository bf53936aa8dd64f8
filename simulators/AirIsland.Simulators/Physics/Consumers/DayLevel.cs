using AirIsland.Simulators.Physics.Noise;

namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>How much of their flow all machines of a company take on a day: season, growth, orders, contract.</summary>
internal sealed class DayLevel(ConsumerSpec spec, int startDayNumber, ulong seed)
{
    private const double DaysPerYear = 365.25;

    /// <summary>Orders of a day remember those of the day before. Chosen.</summary>
    private const double Persistence = 0.6;
    private const int Channel = 1;

    /// <summary>Beyond this many standard deviations a day is not let out: orders do not vanish. Chosen.</summary>
    private const double Farthest = 2.5;

    private readonly DailyNoise _orders = new(seed, Channel, Persistence);

    public bool IsCustomer(int dayNumber) =>
        dayNumber >= (spec.FirstDay?.DayNumber ?? int.MinValue) && dayNumber <= (spec.LastDay?.DayNumber ?? int.MaxValue);

    public double Machines(int dayNumber)
    {
        var month = spec.MonthFactors.Count == 0 ? 1 : spec.MonthFactors[DateOnly.FromDayNumber(dayNumber).Month - 1];
        var growth = Math.Pow(1 + spec.GrowthPerYear, (dayNumber - startDayNumber) / DaysPerYear);
        var orders = spec.DayVariation == 0 ? 0 : spec.DayVariation * Math.Clamp(_orders.At(dayNumber), -Farthest, Farthest);
        return month * growth * Math.Max(0, 1 + orders);
    }
}
