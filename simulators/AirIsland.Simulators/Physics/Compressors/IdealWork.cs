namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// The least work of compressing air, with perfect cooling back to the inlet temperature between equal stages. One stage is isentropic,
/// endless stages isothermal. Ideal gas, k = 1.4. Source: textbook; the table of ISO 1217 ratings follows from it.
/// </summary>
public static class IdealWork
{
    private const double HeadExponent = 0.4 / 1.4;

    /// <summary>N·((p₂/p₁)^((k−1)/(kN)) − 1): the work over k/(k−1)·p₁·V₁.</summary>
    public static double Head(double ratio, int stages) => stages * (Math.Exp(HeadExponent / stages * Math.Log(ratio)) - 1);

    /// <summary>W for a flow of inlet air (m³/s at p₁).</summary>
    public static double Watts(double inletM3PerSecond, double inletPa, double dischargePa, int stages) =>
        inletM3PerSecond * inletPa / HeadExponent * Head(dischargePa / inletPa, stages);
}
