namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>
/// Which tariff of a power meter counts: 1 sharp, 2 peak, 3 flat, 4 valley, by the hour at the station. Chosen, of the kind that Chinese
/// provinces have for industry.
/// </summary>
internal static class TariffClock
{
    public const int Count = 4;

    /// <param name="instant">With the station's offset.</param>
    public static int At(DateTimeOffset instant) => instant.Hour switch
    {
        10 or 19 or 20 => 1,
        8 or 9 or 14 or 15 or 16 or 21 => 2,
        22 or 23 or < 7 => 4,
        _ => 3,
    };
}
