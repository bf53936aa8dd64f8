using AirIsland.Domain.Stations;
using Microsoft.AspNetCore.WebUtilities;

namespace AirIsland.Web.Shell;

/// <summary>Which station an address speaks of: the one it names, else the one whose company it names, else the first.</summary>
public static class StationChoice
{
    /// <returns>Null when an unknown station is named, or there is none.</returns>
    public static Station? Of(IReadOnlyList<Station> stations, Uri address)
    {
        ArgumentNullException.ThrowIfNull(stations);
        ArgumentNullException.ThrowIfNull(address);

        if (QueryHelpers.ParseQuery(address.Query).TryGetValue("station", out var id))
            return stations.FirstOrDefault(s => s.Id.Value == id.ToString());
        return stations.FirstOrDefault(s => s.Assets.Any(a => a.Company is { } c && Names(address, c)))
            ?? (stations.Count > 0 ? stations[0] : null);
    }

    private static bool Names(Uri address, CompanyId company) =>
        address.AbsolutePath.StartsWith($"/companies/{company}/", StringComparison.Ordinal);
}
