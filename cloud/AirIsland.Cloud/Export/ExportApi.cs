using System.Globalization;
using AirIsland.Cloud.Api;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Export;

/// <summary>
/// <c>/api/v1/stations/{id}/export/tags</c>, and <c>…/samples?tag=&amp;from=&amp;to=</c>: every stored sample, as exact
/// counts, streamed.
/// </summary>
internal static class ExportApi
{
    public static void Map(RouteGroupBuilder api)
    {
        // For the export command; people and programs have /tags and /samples.
        api.MapGet("/stations/{id}/export/tags", TagsAsync).ExcludeFromDescription();
        api.MapGet("/stations/{id}/export/samples", SamplesAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> TagsAsync(
        string id, TwinQueries stations, ITelemetryStore store, IActorSource actors, CancellationToken cancellationToken)
    {
        var actor = await actors.CurrentAsync(cancellationToken);
        if (await stations.StationAsync(actor, new(id), cancellationToken) is not { } station) return ApiProblem.Unknown("station", id);
        var tags = (await store.TagsAsync(new(id), cancellationToken)).Where(t => MayRead(actor, station, t));
        return Results.Ok(new StationTags(id, station.Zone, [.. tags.Select(t => new ExportTag(
            t.Id.Value, t.Kind, t.Medium, t.Unit, t.Resolution, t.State?.Name ?? "", t.Modulus, t.MeterSerial))]));
    }

    private static async Task<IResult> SamplesAsync(
        string id, string? tag, string? from, string? to, TwinQueries stations, ITelemetryStore store, IActorSource actors,
        CancellationToken cancellationToken)
    {
        var actor = await actors.CurrentAsync(cancellationToken);
        if (await stations.StationAsync(actor, new(id), cancellationToken) is not { } station) return ApiProblem.Unknown("station", id);
        var known = (await store.TagsAsync(new(id), cancellationToken)).FirstOrDefault(t => t.Id.Value == tag);
        if (known is null || !MayRead(actor, station, known)) return ApiProblem.Unknown("tag", tag ?? "");
        var period = PeriodText.Read(from, to, DateTimeZoneProviders.Tzdb[station.Zone]);
        return period.Period is { } asked
            ? Results.Stream(output => WriteAsync(output, store.Read(known, asked.Start, asked.End, cancellationToken)), "text/csv")
            : ApiProblem.Malformed(period);
    }

    private static async Task WriteAsync(Stream output, IAsyncEnumerable<Sample> samples)
    {
        await using var writer = new StreamWriter(output, leaveOpen: true);
        await foreach (var (at, count, quality) in samples)
        {
            await writer.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()},{count},{quality.Code}"));
        }
        // Who gets it can tell a whole answer from one that was broken off.
        await writer.WriteLineAsync("end");
    }

    /// <summary>An enterprise gets what is measured at its own distribution points and in the header, as in the twin.</summary>
    private static bool MayRead(Actor actor, Station station, Tag tag) => actor.Role != Role.Enterprise
        || station.Assets.Any(a => a.Id == tag.Id.Asset && (a.Company is not null || a.Kind == AssetKind.Airnet));
}
