using AirIsland.Cloud.Billing;
using AirIsland.Cloud.Stations;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Metering;
using AirIsland.Web.Access;
using NodaTime;

namespace AirIsland.Cloud.Api;

/// <summary><c>/api/v1/companies/{id}/bill?from=&amp;to=</c>.</summary>
internal static class BillApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/companies/{id}/bill", BillAsync)
            .WithSummary("A company's bill for any period, with all that is needed to re-compute it.");

    private static async Task<IResult> BillAsync(
        string id, string? from, string? to,
        BillQueries bills, TwinQueries stations, IActorSource actors, CancellationToken cancellationToken)
    {
        var actor = await actors.CurrentAsync(cancellationToken);
        if (await bills.CompanyAsync(actor, new(id), cancellationToken) is not { } company
            || await stations.StationAsync(actor, company.Station, cancellationToken) is not { } station)
        {
            return ApiProblem.Unknown("company", id);
        }
        var zone = DateTimeZoneProviders.Tzdb[station.Zone];
        var period = PeriodText.Read(from, to, zone);
        if (period.Period is not { } asked) return ApiProblem.Malformed(period);
        return await bills.BillAsync(actor, company.Id, asked, cancellationToken) switch
        {
            Bill bill => Results.Ok(ToJson(bill, zone)),
            Unbillable not => Results.Problem(
                statusCode: StatusCodes.Status409Conflict, title: "the period cannot be billed", detail: not.Detail,
                extensions: new Dictionary<string, object?>
                {
                    ["reason"] = not.Reason.ToString(),
                    ["firstRead"] = ApiText.At(not.FirstRead, zone),
                    ["lastRead"] = ApiText.At(not.LastRead, zone),
                }),
            _ => ApiProblem.Unknown("company", id),
        };
    }

    private static BillJson ToJson(Bill bill, DateTimeZone zone) => new(
        bill.Company.Id.Value, bill.Company.Name, ApiText.At(bill.Period.Start, zone), ApiText.At(bill.Period.End, zone),
        bill.Register.Id.Value, bill.Register.MeterSerial, ReadJson.Of(bill.Start, bill, zone), ReadJson.Of(bill.End, bill, zone),
        ApiText.Exact(bill.Register.Value(bill.MeterCounts)), (bill.Register.State ?? bill.Contract.State).Name, bill.Factor.ToString(),
        bill.Contract.State.Name, ApiText.Exact(bill.Volume.CubicMetres), bill.Contract.Contract, bill.Contract.Version,
        bill.Contract.Price.ToString(), bill.Amount.ToString(), ApiText.Of(bill.Quality));

    private sealed record BillJson(
        string Company, string Name, string From, string To, string Register, string MeterSerial, ReadJson Start, ReadJson End,
        string MeterM3, string MeterState, string Factor, string ContractState, string VolumeM3, string Contract, int ContractVersion,
        string PriceCnyPerM3, string AmountCny, string Quality);

    private sealed record ReadJson(string At, string M3, string Quality)
    {
        public static ReadJson Of(BoundaryRead read, Bill bill, DateTimeZone zone) =>
            new(ApiText.At(read.At, zone), ApiText.Exact(bill.Register.Value(read.Count)), ApiText.Of(read.Quality));
    }
}
