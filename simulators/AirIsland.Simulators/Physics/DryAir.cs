using AirIsland.Quantities;

namespace AirIsland.Simulators.Physics;

/// <summary>Dry air as an ideal gas, in kg, Pa absolute and K. Valid within 0.5 % below 1.3 MPa near ambient temperatures.</summary>
public static class DryAir
{
    /// <summary>Gas constant, J/(kg·K).</summary>
    public const double R = 287.05;

    /// <summary>Heat capacity at constant pressure, 3.5 R (two-atomic gas), J/(kg·K).</summary>
    public const double Cp = 3.5 * R;

    /// <summary>Heat capacity at constant volume, 2.5 R, J/(kg·K).</summary>
    public const double Cv = 2.5 * R;

    /// <summary>Ratio of both.</summary>
    public const double Exponent = 1.4;

    /// <summary>Air pressure into which purges and drains blow, Pa.</summary>
    public const double AtmospherePa = 101_325;

    /// <summary>kg in one m³ FAD (20 °C, 100 kPa).</summary>
    public static double KgPerFadM3 { get; } = Density(ReferenceState.Fad);

    /// <summary>kg in one m³ Normal (0 °C, 101.325 kPa).</summary>
    public static double KgPerNormalM3 { get; } = Density(ReferenceState.Normal);

    /// <summary>kg in one m³ at 20 °C and 101.325 kPa.</summary>
    public static double KgPerStandard20M3 { get; } = Density(ReferenceState.Standard20);

    /// <summary>Density, kg/m³.</summary>
    public static double Density(double absolutePa, double kelvin) => absolutePa / (R * kelvin);

    /// <summary>kg/s of a flow in m³/min FAD.</summary>
    public static double KgPerSecond(double fadM3PerMin) => fadM3PerMin * KgPerFadM3 / 60;

    private static double Density(ReferenceState state) => Density(state.Pascals, state.Centikelvin / 100.0);
}
