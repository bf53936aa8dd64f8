namespace AirIsland.Simulators.Validation;

/// <summary>
/// The formulas that the parts are held to, written out here once more and used by no part. Flows in m³/min FAD, pressures in Pa absolute
/// unless the name says otherwise.
/// </summary>
public static class ClosedForms
{
    /// <summary>Of air.</summary>
    private const double K = 1.4;

    /// <summary>J/(kg·K).</summary>
    private const double GasConstant = 287.05;

    /// <summary>kg/m³: dry air of 20 °C and 100 kPa.</summary>
    private const double FadDensity = 100_000 / (GasConstant * 293.15);

    /// <summary>
    /// Ideal specific power at an inlet of 100 kPa, kW/(m³/min): N·k/(k−1)·p₁·((p₂/p₁)^((k−1)/(kN)) − 1) with perfect cooling between
    /// N equal stages; one stage is isentropic. Source: textbook.
    /// </summary>
    public static double IdealSpecificPower(double gaugeMPa, int stages)
    {
        const double inletKPa = 100;
        var ratio = 1 + gaugeMPa * 1e3 / inletKPa;
        return stages * K / (K - 1) * inletKPa / 60 * (Math.Pow(ratio, (K - 1) / (K * stages)) - 1);
    }

    /// <summary>
    /// What a hole loses, m³/min FAD: ṁ = C_d·A·p₀·√(k/(R·T))·(2/(k+1))^((k+1)/(2(k−1))) while choked; above the critical ratio
    /// Saint-Venant and Wantzel, ṁ = C_d·A·p₀·√(2k/((k−1)·R·T)·(r^(2/k) − r^((k+1)/k))).
    /// </summary>
    public static double HoleM3PerMin(double diameterMm, double insidePa, double outsidePa, double kelvin, double coefficient)
    {
        var area = Math.PI * Math.Pow(diameterMm / 2000, 2);
        var ratio = outsidePa / insidePa;
        var critical = Math.Pow(2 / (K + 1), K / (K - 1));
        var perArea = ratio <= critical
            ? Math.Sqrt(K / (GasConstant * kelvin)) * Math.Pow(2 / (K + 1), (K + 1) / (2 * (K - 1)))
            : Math.Sqrt(2 * K / ((K - 1) * GasConstant * kelvin) * (Math.Pow(ratio, 2 / K) - Math.Pow(ratio, (K + 1) / K)));
        return coefficient * area * insidePa * perArea / FadDensity * 60;
    }

    /// <summary>Air in a vessel, m³ FAD.</summary>
    public static double StoredM3(double volumeM3, double pa, double kelvin) => volumeM3 * pa / 100_000 * 293.15 / kelvin;

    /// <summary>
    /// The leak at the first pressure from a bleed-down, m³/min FAD: S₁·ln(S₁/S₂)/t of the stored air S, which is V·p₁·ln(p₁/p₂)/(t·p_ref)
    /// with temperatures compensated; exact while holes are choked. A choked hole passes p/√T, so cooler air at the hole counts by
    /// √(T₁/T_mean).
    /// </summary>
    public static double BleedDownM3PerMin(double firstM3, double lastM3, double seconds, double firstKelvin, double lastKelvin) =>
        firstM3 * Math.Log(firstM3 / lastM3) / seconds * 60 * Math.Sqrt(firstKelvin / ((firstKelvin + lastKelvin) / 2));

    /// <summary>
    /// Least efficiency over one-stage isentropic of an oil-injected screw on sale in the US: 10 CFR 431.345, η + (1 − η)·d/100 with
    /// d = −15, air-cooled variable speed −10. Flow in m³/min.
    /// </summary>
    public static double AmericanEfficiency(double flowM3PerMin, bool isVariableSpeed, bool isLiquidCooled)
    {
        var x = Math.Log(flowM3PerMin / 60 * 1e3);
        var regression = isVariableSpeed ? -0.01549 * x * x + 0.21573 * x + 0.00905 : -0.00928 * x * x + 0.13911 * x + 0.27110;
        if (isLiquidCooled) regression += 0.02349;
        return regression - (1 - regression) * (isVariableSpeed && !isLiquidCooled ? 0.10 : 0.15);
    }
}
