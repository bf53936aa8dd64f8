using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AirIsland.Domain.Billing;
using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Web.Access;
using AirIsland.Web.Billing;
using AirIsland.Web.Twin;
using NodaTime;

namespace AirIsland.Web.Tests;

/// <summary>The three ports of the pages, in memory: one station, the frames that are put in, the bill that is set.</summary>
internal sealed class InMemoryCloud : IActorSource, ITwinQueries, IBillQueries
{
    private readonly Channel<TwinFrame> _frames = Channel.CreateUnbounded<TwinFrame>();

    public Station Station { get; set; } = Stations.Moushan;

    public Actor Actor { get; set; } = Stations.Operator;

    public Interval? Coverage { get; set; }

    public Func<Company, Interval, BillOutcome>? Bill { get; set; }

    public void Put(TwinFrame frame) => _frames.Writer.TryWrite(frame);

    public ValueTask<Actor> CurrentAsync(CancellationToken cancellationToken) => new(Actor);

    public ValueTask<IReadOnlyList<Station>> StationsAsync(Actor actor, CancellationToken cancellationToken) =>
        new(actor.MaySee(Station.Id) ? [Station.VisibleTo(actor)] : []);

    public ValueTask<Station?> StationAsync(Actor actor, StationId station, CancellationToken cancellationToken) =>
        new(actor.MaySee(station) && station == Station.Id ? Station.VisibleTo(actor) : null);

    public async IAsyncEnumerable<TwinFrame> Watch(
        Actor actor, StationId station, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var frame in _frames.Reader.ReadAllAsync(cancellationToken))
            yield return frame;
    }

    public ValueTask<Company?> CompanyAsync(Actor actor, CompanyId company, CancellationToken cancellationToken) =>
        new(Station.Assets.Where(a => a.Company == company)
            .Select(a => new Company(company, Station.Id, a.Name, a.NameEn)).FirstOrDefault(actor.MaySee));

    public async ValueTask<BillOutcome?> BillAsync(Actor actor, CompanyId company, Interval period, CancellationToken cancellationToken) =>
        await CompanyAsync(actor, company, cancellationToken) is { } known ? Bill?.Invoke(known, period) : null;

    public ValueTask<Interval?> CoverageAsync(Actor actor, CompanyId company, CancellationToken cancellationToken) => new(Coverage);
}
