using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>The station's air, m³: breathed in = used + leaked + vented + purged + drained + stored, but for the residual.</summary>
public sealed record AirTruth(
    double IntakeM3, double MeteredM3, double UsedM3, double LeakedM3, double NetworkLeakM3, double VentedM3, double PurgedM3,
    double DrainedM3, double StoredM3, double ResidualShare)
{
    internal static AirTruth Of(StationTruth truth) => new(
        M3(truth.IntakeKg),
        M3(truth.MeteredKg),
        M3(truth.UsedKg),
        M3(truth.LeakedKg),
        M3(truth.NetworkLeakKg),
        M3(truth.VentedKg),
        M3(truth.PurgedKg),
        M3(truth.DrainedKg),
        M3(truth.StoredKg),
        truth.IntakeKg > 0 ? truth.AirResidualKg / truth.IntakeKg : 0);

    /// <summary>m³ at 20 °C and 101.325 kPa.</summary>
    internal static double M3(double kg) => kg / DryAir.KgPerStandard20M3;
}
