namespace AirIsland.Simulators.Physics;

/// <summary>What really went to one company, m³ Normal: through its meter, and of that used and leaked.</summary>
public sealed record CompanyTruth(string Company, double MeteredNormalM3, double ConsumedNormalM3, double LeakedNormalM3)
{
    public CompanyTruth Since(CompanyTruth earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return new(
            Company,
            MeteredNormalM3 - earlier.MeteredNormalM3,
            ConsumedNormalM3 - earlier.ConsumedNormalM3,
            LeakedNormalM3 - earlier.LeakedNormalM3);
    }
}
