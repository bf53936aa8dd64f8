namespace AirIsland.Simulators.Physics;

/// <summary>The air around the station: warmest at 15:00 site time, most humid at dawn.</summary>
public sealed class Weather(Random random, TimeSpan siteOffset)
{
    private readonly SmoothNoise _noise = new(random);

    public InletAir At(DateTimeOffset instant)
    {
        var hour = instant.ToOffset(siteOffset).TimeOfDay.TotalHours;
        var day = Math.Cos((hour - 15) / 24 * Math.Tau);
        return new(18 + 5 * day + 0.3 * _noise.At(instant), 0.70 - 0.12 * day, Air.AtmosphereMPa);
    }
}
