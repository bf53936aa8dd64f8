using AirIsland.Cloud.Metering;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Metering;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary>The tags that a request names, as far as its caller may see them, and the station's clock.</summary>
internal sealed record SeriesRequest(IReadOnlyList<Tag> Tags, DateTimeZone Zone)
{
    /// <summary>Finds station and tags, checks the rest, and answers as a stream of JSON; or says what is not there or malformed.</summary>
    public static async Task<IResult> AnswerAsync(
        string id, string[] tags, (TwinQueries Stations, SeriesQueries Series, IActorSource Actors) from,
        Func<SeriesRequest, IResult?> check, Func<SeriesRequest, SeriesWriter, Task> write, CancellationToken cancellationToken)
    {
        var actor = await from.Actors.CurrentAsync(cancellationToken);
        if (await from.Stations.StationAsync(actor, new(id), cancellationToken) is not { } station)
            return ApiProblem.Unknown("station", id);
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        var known = await from.Series.TagsAsync(actor, station, cancellationToken);
        IReadOnlyList<Tag> asked = known;
        if (tags.Length > 0)
        {
            var byId = known.ToDictionary(t => t.Id.Value, StringComparer.Ordinal);
            if (tags.FirstOrDefault(t => !byId.ContainsKey(t)) is { } unknown) return ApiProblem.Unknown("tag", unknown);
            asked = [.. tags.Distinct(StringComparer.Ordinal).Select(t => byId[t])];
        }
        var request = new SeriesRequest(asked, zone);
        return check(request) ?? new SeriesResult(id, answer => write(request, answer));
    }
}
