namespace AirIsland.Simulators.Physics;

/// <summary>
/// Flow of air at 20 °C through a hole into the open: ṁ = C_d·A·p₀·√(k/(R·T₀))·(2/(k+1))^((k+1)/(2(k−1))) while choked, which is
/// q_FAD = 0.0019863·C_d·A·p₀ in m³/s, m² and Pa absolute; St. Venant's formula below the critical pressure.
/// </summary>
public static class Orifice
{
    /// <summary>Discharge coefficient of a ragged hole.</summary>
    public const double DischargeCoefficient = 0.65;

    private const double ChokedM3PerSPerM2Pa = 0.0019863;
    private const double CriticalRatio = 0.528282;
    private const double K = 1.4;

    /// <summary>m³/min FAD.</summary>
    public static double FlowM3PerMin(double diameterMm, double gaugeMPa)
    {
        if (gaugeMPa <= 0) return 0;
        var areaM2 = Math.PI / 4 * diameterMm * diameterMm * 1e-6;
        var absolutePa = (gaugeMPa + Air.AtmosphereMPa) * 1e6;
        var choked = DischargeCoefficient * ChokedM3PerSPerM2Pa * areaM2 * absolutePa * 60;
        var ratio = Air.AtmosphereMPa / (gaugeMPa + Air.AtmosphereMPa);
        return ratio <= CriticalRatio ? choked : choked * Speed(ratio) / Speed(CriticalRatio);
    }

    private static double Speed(double ratio) => Math.Sqrt(Math.Pow(ratio, 2 / K) - Math.Pow(ratio, (K + 1) / K));
}
