using System.Collections.Immutable;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// What really happened since the station began, without any meter. kg of dry air, J. Breathed in = used + leaked + vented + purged
/// + drained + stored.
/// </summary>
public sealed record StationTruth(
    double Seconds,
    double IntakeKg,
    double VentedKg,
    double PurgedKg,
    double DrainedKg,
    double StoredKg,
    StationEnergy Energy,
    ImmutableArray<BranchTruth> Branches,
    ImmutableArray<LeakTruth> Leaks)
{
    /// <summary>All electricity of the station.</summary>
    public double ElectricJ => Energy.ElectricJ;

    /// <summary>Air through the companies' meters.</summary>
    public double MeteredKg => Branches.Sum(b => b.MeteredKg);

    public double UsedKg => Branches.Sum(b => b.UsedKg);

    /// <summary>Air out of all holes.</summary>
    public double LeakedKg => Leaks.Sum(l => l.Kg);

    /// <summary>Air out of the holes before all companies' meters.</summary>
    public double NetworkLeakKg => Leaks.Where(l => !l.IsBehindMeter).Sum(l => l.Kg);

    /// <summary>Intake less everything it went to, kg: 0 but for rounding.</summary>
    public double AirResidualKg => IntakeKg - UsedKg - LeakedKg - VentedKg - PurgedKg - DrainedKg - StoredKg;
}
