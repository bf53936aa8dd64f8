namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>Data sheet of a refrigerated dryer, rated at 0.7 MPa(g), 38 °C inlet (saturated) and 38 °C ambient, dew point 3 °C.</summary>
/// <param name="KgPerSecond">Rated flow, dry air.</param>
/// <param name="Watts">Electric power at the rated point.</param>
/// <param name="DropPa">Pressure drop at the rated point.</param>
/// <param name="ThermalMassJPerK">Cold mass: exchanger, and store when cycling.</param>
/// <param name="Control">How cooling follows the load.</param>
public sealed record RefrigeratedDryerRating(
    double KgPerSecond,
    double Watts,
    double DropPa,
    double ThermalMassJPerK,
    RefrigerationControl Control)
{
    /// <summary>Pressure at which dryers are rated, Pa absolute (0.7 MPa gauge).</summary>
    public const double RatedPa = 801_325;

    /// <summary>Inlet and ambient temperature at which dryers are rated, K (38 °C).</summary>
    public const double RatedKelvin = 311.15;

    /// <summary>0.22 kW per m³/min FAD: in the middle of 0.18 to 0.28 (0.5 to 0.8 kW per 100 cfm).</summary>
    private const double WattsPerFadM3PerMin = 220;

    /// <summary>0.15 bar, of 0.07 to 0.2 bar (1 to 3 psi).</summary>
    private const double UsualDropPa = 15_000;

    /// <summary>Chosen: 300 kg of metal at 500 J/(kg·K) per kg/s of rated air.</summary>
    private const double ExchangerJPerKPerKgS = 150_000;

    /// <summary>Chosen: four times the exchanger alone, as a glycol or sand store gives.</summary>
    private const double StoreJPerKPerKgS = 600_000;

    /// <summary>A usual dryer of that size.</summary>
    public static RefrigeratedDryerRating For(double kgPerSecond, RefrigerationControl control = RefrigerationControl.NonCycling) =>
        new(
            kgPerSecond,
            kgPerSecond / DryAir.KgPerSecond(1) * WattsPerFadM3PerMin,
            UsualDropPa,
            kgPerSecond * (control == RefrigerationControl.Cycling ? StoreJPerKPerKgS : ExchangerJPerKPerKgS),
            control);
}
