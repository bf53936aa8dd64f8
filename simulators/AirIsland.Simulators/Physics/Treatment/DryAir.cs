using AirIsland.Quantities;

namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>Dry air as an ideal gas. Valid within 0.5 % below 1.3 MPa near ambient temperatures.</summary>
public static class DryAir
{
    /// <summary>Gas constant, J/(kg·K).</summary>
    public const double R = 287.05;

    /// <summary>Heat capacity at constant pressure, 3.5 R (two-atomic gas), J/(kg·K).</summary>
    public const double Cp = 3.5 * R;

    /// <summary>Heat capacity at constant volume, 2.5 R, J/(kg·K).</summary>
    public const double Cv = 2.5 * R;

    /// <summary>Air pressure into which purges and drains blow, Pa.</summary>
    public const double AtmospherePa = 101_325;

    /// <summary>Dry air in one m³ FAD, 1.1884 kg.</summary>
    public static double KilogramsPerFadM3 { get; } = Density(ReferenceState.Fad.Pascals, ReferenceState.Fad.Centikelvin / 100.0);

    /// <summary>Density, kg/m³.</summary>
    public static double Density(double absolutePa, double kelvin) => absolutePa / (R * kelvin);

    /// <summary>Dry air, kg/s, of a flow in m³/min FAD.</summary>
    public static double KilogramsPerSecond(double fadM3PerMin) => fadM3PerMin * KilogramsPerFadM3 / 60;
}
