namespace AirIsland.Simulators.Stations;

/// <summary>What went to one company since the station began, kg of dry air: through its meter, used, and lost behind the meter.</summary>
public sealed record BranchTruth(string Company, double MeteredKg, double UsedKg, double LeakedKg)
{
    internal BranchTruth Since(BranchTruth earlier) =>
        new(Company, MeteredKg - earlier.MeteredKg, UsedKg - earlier.UsedKg, LeakedKg - earlier.LeakedKg);
}
