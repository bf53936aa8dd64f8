namespace AirIsland.Simulators.Physics;

/// <summary>What one company wants to use: a daily curve with seeded, smooth variation of 2 %, nothing on the rest day.</summary>
public sealed class Demand(DailyCurve curve, Random random, TimeSpan siteOffset, DayOfWeek? restDay)
{
    private const double RelativeDeviation = 0.02;

    private readonly SmoothNoise _noise = new(random);

    /// <summary>利佛德, two shifts: 06:00–14:00–22:00, quiet at night, two meal breaks; m³/min Standard20.</summary>
    public static DailyCurve Lifode { get; } = new(
        (0, 0), (6, 0), (6.05, 21), (10, 21), (10.05, 12.5), (10.5, 12.5), (10.55, 21),
        (18, 21), (18.05, 12.5), (18.5, 12.5), (18.55, 21), (21.9, 21), (22, 0));

    /// <summary>松原, three shifts: 25 by day, 22 at night, a break in each shift; m³/min Standard20.</summary>
    public static DailyCurve Songyuan { get; } = new(
        (0, 22), (2, 22), (2.05, 17), (2.5, 17), (2.55, 22), (6, 22), (6.05, 25), (11.5, 25), (11.55, 18), (12, 18), (12.05, 25),
        (17.5, 25), (17.55, 18), (18, 18), (18.05, 25), (21.95, 25), (22, 22));

    /// <summary>m³/min Standard20.</summary>
    public double At(DateTimeOffset instant)
    {
        var site = instant.ToOffset(siteOffset);
        return site.DayOfWeek == restDay ? 0 : curve.At(site.TimeOfDay) * (1 + RelativeDeviation * _noise.At(instant));
    }
}
