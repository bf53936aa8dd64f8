using System.Collections.Immutable;

namespace AirIsland.Simulators.Physics;

/// <summary>
/// What really happened, without any meter: running totals since the plant began, at one instant. kWh of the whole station, air in
/// m³ Normal. <see cref="StoredNormalM3"/> is what the receiver holds.
/// </summary>
public sealed record PlantTruth(
    DateTimeOffset Instant,
    double KilowattHours,
    double ProducedNormalM3,
    double StoredNormalM3,
    ImmutableArray<CompanyTruth> Companies)
{
    public double MeteredNormalM3 => Companies.Sum(company => company.MeteredNormalM3);

    public double LeakedNormalM3 => Companies.Sum(company => company.LeakedNormalM3);

    public CompanyTruth Company(string id) => Companies.Single(company => company.Company == id);

    /// <summary>What happened between an earlier truth and this one; the stored air becomes its change.</summary>
    public PlantTruth Since(PlantTruth earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new(
            Instant,
            KilowattHours - earlier.KilowattHours,
            ProducedNormalM3 - earlier.ProducedNormalM3,
            StoredNormalM3 - earlier.StoredNormalM3,
            [.. Companies.Select(company => company.Since(earlier.Company(company.Company)))]);
    }
}
