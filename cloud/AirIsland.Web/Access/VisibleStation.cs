using AirIsland.Domain.Stations;

namespace AirIsland.Web.Access;

/// <summary>A station as an actor sees it: without the distribution points of companies that are none of its business.</summary>
public static class VisibleStation
{
    public static Station To(Actor actor, Station station)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(station);
        return station with { Assets = [.. station.Assets.Where(MaySee)] };

        bool MaySee(Asset asset) =>
            asset.Company is not { } company || actor.MaySee(new Company(company, station.Id, asset.Name, asset.NameEn));
    }
}
