using AirIsland.Simulators.Physics;
using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>
/// One company's part of a station: m³ (20 °C, 101.325 kPa) through its meter, and its share of the kWh, allocated in proportion to them.
/// </summary>
public sealed record CompanyFigures(string Company, double M3, double AllocatedKWh)
{
    internal static CompanyFigures Of(BranchTruth branch, double kWhPerKg) => new(
        branch.Company, Math.Round(branch.MeteredKg / DryAir.KgPerStandard20M3), Math.Round(branch.MeteredKg * kWhPerKg));
}
