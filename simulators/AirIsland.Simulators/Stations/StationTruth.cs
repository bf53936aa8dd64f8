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

    /// <exception cref="InvalidOperationException">There is no such company.</exception>
    public BranchTruth Branch(string company) => Branches.Single(b => b.Company == company);

    /// <exception cref="InvalidOperationException">There is no such leak.</exception>
    public LeakTruth Leak(string id) => Leaks.Single(l => l.Id == id);

    /// <summary>What happened between an earlier truth of the same station and this one; a leak's diameter is that of now.</summary>
    public StationTruth Since(StationTruth earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new(
            Seconds - earlier.Seconds,
            IntakeKg - earlier.IntakeKg,
            VentedKg - earlier.VentedKg,
            PurgedKg - earlier.PurgedKg,
            DrainedKg - earlier.DrainedKg,
            StoredKg - earlier.StoredKg,
            Energy.Since(earlier.Energy),
            [.. Branches.Select(b => b.Since(earlier.Branch(b.Company)))],
            [.. Leaks.Select(l => l with { Kg = l.Kg - earlier.Leak(l.Id).Kg })]);
    }
}
