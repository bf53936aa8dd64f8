using AirIsland.Quantities;
using AirIsland.Simulators.Physics.Climate;

namespace AirIsland.Simulators.Physics;

/// <summary>Properties of air and the ideal work of compressing it. Pressures in MPa(g) unless the name says otherwise.</summary>
public static class Air
{
    /// <summary>Air pressure around the plant, MPa absolute.</summary>
    public const double AtmosphereMPa = 0.101325;

    /// <summary>Temperature of the stored and piped air, kelvin: after-cooled, near the ambient.</summary>
    public const double LineKelvin = 303.15;

    private const double IsentropicExponent = 1.4;
    private const double HeadExponent = (IsentropicExponent - 1) / IsentropicExponent;

    /// <summary>m³ Normal in one m³ FAD.</summary>
    public static double NormalPerFad { get; } = ReferenceState.Fad.To(ReferenceState.Normal).ToDouble();

    /// <summary>m³ Normal in one m³ at 20 °C and 101.325 kPa.</summary>
    public static double NormalPerStandard20 { get; } = ReferenceState.Standard20.To(ReferenceState.Normal).ToDouble();

    /// <summary>Saturation pressure of water, Pa. Valid from −45 to 60 °C. Source: Magnus formula, WMO constants.</summary>
    public static double SaturationPa(double celsius) => MoistAir.SaturationPa(celsius);

    /// <summary>((p₂/p₁)^((k−1)/k) − 1): what the isentropic work is proportional to.</summary>
    public static double IsentropicHead(double gaugeMPa, double inletMPa) =>
        Math.Pow((gaugeMPa + inletMPa) / inletMPa, HeadExponent) - 1;

    /// <summary>The least power, kW, that compresses an inlet flow (m³/min) without cooling: k/(k−1)·p₁·q·head.</summary>
    public static double IsentropicKilowatts(double inletM3PerMin, double gaugeMPa, double inletMPa) =>
        inletM3PerMin / 60 * inletMPa * 1e3 / HeadExponent * IsentropicHead(gaugeMPa, inletMPa);
}
