using AirIsland.Cloud.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary><c>/api/v1/stations</c> and <c>/api/v1/stations/{id}/twin</c>.</summary>
internal static class TwinApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/stations", ListAsync).WithSummary("The stations that the caller may see.");
        api.MapGet("/stations/{id}/twin", TwinAsync)
            .WithSummary("The latest value of every tag of a station, with its instant, unit and quality.");
    }

    private static async Task<IResult> ListAsync(TwinQueries queries, IActorSource actors, CancellationToken cancellationToken)
    {
        var stations = await queries.StationsAsync(await actors.CurrentAsync(cancellationToken), cancellationToken);
        return Results.Ok(stations.Select(s => new StationJson(s.Id.Value, s.Name, s.NameEn, s.Zone,
            [.. s.Assets.Select(a => new AssetJson(a.Id, a.Kind.ToString(), a.Name, a.NameEn, a.Company?.Value))])));
    }

    private static async Task<IResult> TwinAsync(string id, TwinQueries queries, IActorSource actors, CancellationToken cancellationToken)
    {
        var actor = await actors.CurrentAsync(cancellationToken);
        if (await queries.StationAsync(actor, new(id), cancellationToken) is not { } station
            || await queries.NowAsync(actor, new(id), cancellationToken) is not { } frame) return ApiProblem.Unknown("station", id);
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        return Results.Ok(new TwinJson(id, ApiText.At(frame.At, zone), [.. frame.Values.Select(v => ToJson(v, zone))]));
    }

    private static ValueJson ToJson(TwinValue v, DateTimeZone zone) =>
        new(
            v.Tag.Value, ApiText.At(v.At, zone),
            v.Value is { } value ? ApiText.Exact(value) : null, v.Unit, v.State, ApiText.Of(v.Quality));

    private sealed record StationJson(string Id, string Name, string NameEn, string Zone, AssetJson[] Assets);

    private sealed record AssetJson(string Id, string Kind, string Name, string NameEn, string? Company);

    private sealed record TwinJson(string Station, string? At, ValueJson[] Values);

    private sealed record ValueJson(string Tag, string At, string? Value, string Unit, string? ReferenceState, string Quality);
}
