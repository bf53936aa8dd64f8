using System.Collections.Immutable;

namespace AirIsland.Domain.Stations;

/// <summary>
/// Who asks. Every query takes one and answers only what it may see: an unknown thing and a forbidden thing look the same.
/// </summary>
public sealed record Actor(string Id, Role Role, ImmutableHashSet<StationId> Stations, ImmutableHashSet<CompanyId> Companies)
{
    public bool MaySee(StationId station) => Stations.Contains(station);

    /// <summary>Enterprises see themselves; everybody else sees every company of the stations they see.</summary>
    public bool MaySee(Company company)
    {
        ArgumentNullException.ThrowIfNull(company);
        return Role == Role.Enterprise ? Companies.Contains(company.Id) : MaySee(company.Station);
    }
}
