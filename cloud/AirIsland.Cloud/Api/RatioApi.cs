using AirIsland.Cloud.Efficiency;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Efficiency;
using AirIsland.Domain.Metering;
using AirIsland.Quantities;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary><c>/api/v1/stations/{id}/ratio?from=&amp;to=&amp;by=hour|day</c>.</summary>
internal static class RatioApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/stations/{id}/ratio", RatioAsync)
            .WithSummary("Air-to-power ratio from register differences, in total and by hour or day.");

    private static async Task<IResult> RatioAsync(
        string id, string? from, string? to, string? by, TwinQueries stations, RatioQueries queries, IActorSource actors,
        CancellationToken cancellationToken)
    {
        var actor = await actors.CurrentAsync(cancellationToken);
        if (await stations.StationAsync(actor, new(id), cancellationToken) is not { } station) return ApiProblem.Unknown("station", id);
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        var period = PeriodText.Read(from, to, zone);
        if (period.Period is not { } asked) return ApiProblem.Malformed(period);
        if (by is not (null or "hour" or "day")) return ApiProblem.Malformed("by", $"'{by}' is neither hour nor day");
        var width = by == "day" ? BucketWidth.Day : BucketWidth.Hour;
        var report = await queries.RatioAsync(actor, station.Id, asked, width, cancellationToken);
        if (report is null) return ApiProblem.Unknown("station", id);
        return Results.Ok(new ReportJson(
            id, ReferenceState.Normal.Name, "all station electricity ÷ air delivered to customers", width.ToString().ToLowerInvariant(),
            ToJson(report.Total, zone), [.. report.Buckets.Select(b => ToJson(b, zone))]));
    }

    private static RatioJson ToJson(AirPowerRatio ratio, DateTimeZone zone) => new(
        ApiText.At(ratio.Period.Start, zone), ApiText.At(ratio.Period.End, zone),
        ApiText.At(ratio.Covered?.Start, zone), ApiText.At(ratio.Covered?.End, zone),
        ratio.Energy is { } energy ? ApiText.Exact(energy.KilowattHours) : null,
        ratio.Volume is { } volume ? ApiText.Exact(Round(volume.CubicMetres, 3)) : null,
        ratio.Ratio is { } r ? Round(r.KilowattHoursPerCubicMetre, 6) : null,
        ratio.Ratio is { KilowattHoursPerCubicMetre: > 0 } inverse ? Round(inverse.CubicMetresPerKilowattHour, 4) : null,
        Math.Round(ratio.Coverage, 4), ApiText.Of(ratio.Quality), ratio.Unknown);

    private static decimal Round(decimal value, int digits) => Math.Round(value, digits, MidpointRounding.ToEven);

    private sealed record ReportJson(
        string Station, string ReferenceState, string Boundary, string By, RatioJson Total, RatioJson[] Buckets);

    private sealed record RatioJson(
        string From, string To, string? CoveredFrom, string? CoveredTo, string? EnergyKWh, string? VolumeM3, decimal? KWhPerM3,
        decimal? M3PerKWh, double Coverage, string Quality, string? Unknown);
}
