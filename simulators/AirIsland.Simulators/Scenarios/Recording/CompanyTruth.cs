using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>One company's air, m³: through its meter, used, and lost behind the meter.</summary>
public sealed record CompanyTruth(string Company, double MeteredM3, double UsedM3, double LeakedM3)
{
    internal static CompanyTruth Of(BranchTruth branch) =>
        new(branch.Company, AirTruth.M3(branch.MeteredKg), AirTruth.M3(branch.UsedKg), AirTruth.M3(branch.LeakedKg));
}
