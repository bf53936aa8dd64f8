using AirIsland.Domain.Stations;
using AirIsland.Storage.Ledger;
using AirIsland.Web.Access;

namespace AirIsland.Cloud.Access;

/// <summary>
/// Who asks, until identity exists: an operator of every station, or, with the header <c>X-AirIsland-Company</c>, an enterprise that
/// sees that company alone. Good enough only because every listener binds loopback.
/// </summary>
public sealed class LoopbackActor(IHttpContextAccessor http, StationLedger ledger) : IActorSource
{
    public const string CompanyHeader = "X-AirIsland-Company";

    public async ValueTask<Actor> CurrentAsync(CancellationToken cancellationToken)
    {
        // No request, no actor: whoever asks from nowhere sees nothing.
        if (http.HttpContext is not { } request) return new("nobody", Role.ParkViewer, [], []);
        var name = request.Request.Headers[CompanyHeader].ToString();
        if (name.Length == 0)
        {
            var stations = await ledger.StationsAsync(cancellationToken);
            return new("loopback-operator", Role.Operator, [.. stations.Select(s => s.Id)], []);
        }
        var company = await ledger.CompanyAsync(new(name), cancellationToken);
        return company is null
            ? new($"loopback-{name}", Role.Enterprise, [], [])
            : new($"loopback-{name}", Role.Enterprise, [company.Station], [company.Id]);
    }
}
