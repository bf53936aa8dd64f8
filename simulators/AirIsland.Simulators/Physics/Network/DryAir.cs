using AirIsland.Quantities;

namespace AirIsland.Simulators.Physics.Network;

/// <summary>Dry air as an ideal gas (Z within 0.5 % of 1 below 1.3 MPa), in kg, Pa absolute, K, and its amounts in m³ of a state.</summary>
public static class DryAir
{
    /// <summary>J/(kg·K).</summary>
    public const double GasConstant = 287.05;

    /// <summary>Ratio of specific heats.</summary>
    public const double Exponent = 1.4;

    /// <summary>kg in one m³ Normal (0 °C, 101.325 kPa).</summary>
    public static double KgPerNormalM3 { get; } = Density(ReferenceState.Normal);

    /// <summary>kg in one m³ FAD (20 °C, 100 kPa).</summary>
    public static double KgPerFadM3 { get; } = Density(ReferenceState.Fad);

    /// <summary>kg in one m³ at 20 °C and 101.325 kPa.</summary>
    public static double KgPerStandard20M3 { get; } = Density(ReferenceState.Standard20);

    /// <summary>kg/m³ at a state.</summary>
    public static double Density(ReferenceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Pascals / (GasConstant * state.Centikelvin / 100);
    }
}
