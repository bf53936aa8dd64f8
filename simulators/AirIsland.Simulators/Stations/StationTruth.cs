using System.Collections.Immutable;

namespace AirIsland.Simulators.Stations;

/// <summary>
/// What really happened since the station began, without any meter. kg of dry air, J. Breathed in = delivered + leaked + vented + drained
/// + stored.
/// </summary>
public sealed record StationTruth(
    double Seconds,
    double CompressorsJ,
    double DryerJ,
    double IntakeKg,
    double VentedKg,
    double DrainedKg,
    double HeaderLeakKg,
    double StoredKg,
    ImmutableArray<BranchTruth> Branches)
{
    /// <summary>All electricity of the station.</summary>
    public double ElectricJ => CompressorsJ + DryerJ;

    /// <summary>Air through the companies' meters.</summary>
    public double MeteredKg => Branches.Sum(b => b.MeteredKg);

    /// <summary>Air out of all holes.</summary>
    public double LeakedKg => HeaderLeakKg + Branches.Sum(b => b.LeakedKg);
}
