namespace AirIsland.Simulators.Physics.Climate;

/// <summary>
/// How the temperature goes through a day: −1 at 05:30, +1 at 14:30, half a cosine each way (a quicker warming than cooling, as general
/// meteorology has it). Its mean over the day is 0.
/// </summary>
public static class DailyShape
{
    /// <summary>Site hour of the lowest temperature: about sunrise.</summary>
    public const double ColdestHour = 5.5;

    /// <summary>Site hour of the highest temperature.</summary>
    public const double WarmestHour = 14.5;

    private const double WarmingHours = WarmestHour - ColdestHour;
    private const double HoursPerDay = 24;

    /// <param name="hour">Site hour, 0 to 24.</param>
    public static double At(double hour)
    {
        var sinceColdest = hour < ColdestHour ? hour + HoursPerDay - ColdestHour : hour - ColdestHour;
        return sinceColdest < WarmingHours
            ? -Math.Cos(Math.PI * sinceColdest / WarmingHours)
            : Math.Cos(Math.PI * (sinceColdest - WarmingHours) / (HoursPerDay - WarmingHours));
    }
}
