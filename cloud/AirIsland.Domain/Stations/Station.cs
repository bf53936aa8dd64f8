using System.Collections.Immutable;

namespace AirIsland.Domain.Stations;

/// <summary>
/// A station and its assets, in the order in which air passes them. <see cref="Zone"/> is the IANA zone of its days and bills.
/// Pressures in MPa gauge.
/// </summary>
public sealed record Station(StationId Id, string Name, string NameEn, string Zone)
{
    public ImmutableArray<Asset> Assets { get; init; } = [];

    /// <summary>Normal band of the header pressure.</summary>
    public double HeaderPressureLow { get; init; }

    public double HeaderPressureHigh { get; init; }

    /// <summary>The station as an actor sees it: without the distribution points of companies that are none of its business.</summary>
    public Station VisibleTo(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return this with
        {
            Assets = [.. Assets.Where(a => a.Company is not { } company || actor.MaySee(new Company(company, Id, a.Name, a.NameEn)))],
        };
    }

    public bool Equals(Station? other) => ReferenceEquals(this, other) || (other is not null && Id == other.Id && Name == other.Name
        && NameEn == other.NameEn && Zone == other.Zone && HeaderPressureLow == other.HeaderPressureLow
        && HeaderPressureHigh == other.HeaderPressureHigh && Assets.SequenceEqual(other.Assets));

    public override int GetHashCode() => Id.GetHashCode();
}
