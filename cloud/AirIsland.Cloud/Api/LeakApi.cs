using AirIsland.Cloud.Leak;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary><c>/api/v1/stations/{id}/leaks</c>, of the last day or of <c>?from=&amp;to=</c>.</summary>
internal static class LeakApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/stations/{id}/leaks", LeaksAsync).WithSummary("Night-minimum leak estimates of a station's companies.");

    private static async Task<IResult> LeaksAsync(
        string id, string? from, string? to, LeakQueries queries, TwinQueries stations, IActorSource actors,
        CancellationToken cancellationToken)
    {
        var actor = await actors.CurrentAsync(cancellationToken);
        if (await stations.StationAsync(actor, new(id), cancellationToken) is not { } station) return ApiProblem.Unknown("station", id);
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        var period = from is null && to is null ? new(queries.LastDay(), []) : PeriodText.Read(from, to, zone);
        if (period.Period is not { } asked) return ApiProblem.Malformed(period);
        if (asked.Duration > LeakQueries.Longest)
            return ApiProblem.Malformed("to", $"makes a period longer than {LeakQueries.Longest.Days} days");
        var estimates = await queries.EstimatesAsync(actor, new(id), asked, cancellationToken) ?? [];
        return Results.Ok(new LeaksJson(id, "night-minimum", ReferenceState.Normal.Name, [.. estimates.Select(e => new LeakJson(
            e.Company.Value,
            e.Flow is { } flow ? Math.Round(flow.CubicMetresPerMinute, 4) : null,
            ApiText.At(e.Seen?.Start, zone),
            ApiText.At(e.Seen?.End, zone),
            e.Minutes,
            e.Unknown))]));
    }

    private sealed record LeaksJson(string Station, string Method, string ReferenceState, LeakJson[] Estimates);

    private sealed record LeakJson(string Company, double? M3PerMin, string? From, string? To, int IdleMinutes, string? Unknown);
}
