using System.Runtime.CompilerServices;
using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;
using AirIsland.Storage.Ledger;
using AirIsland.Web.Twin;

namespace AirIsland.Cloud.Stations;

/// <summary>What the pages and the API ask of a station, filtered by who asks.</summary>
public sealed class TwinQueries(StationLedger ledger, IGrainFactory grains) : ITwinQueries
{
    /// <summary>Real time, whatever time the station is on: a person reads no faster.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    public async ValueTask<IReadOnlyList<Station>> StationsAsync(Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return [.. (await ledger.StationsAsync(cancellationToken)).Where(s => actor.MaySee(s.Id)).Select(s => s.VisibleTo(actor))];
    }

    public async ValueTask<Station?> StationAsync(Actor actor, StationId station, CancellationToken cancellationToken) =>
        (await StationsAsync(actor, cancellationToken)).FirstOrDefault(s => s.Id == station);

    /// <summary>Everything that the twin holds now, or null as for <see cref="StationAsync"/>.</summary>
    public async ValueTask<TwinFrame?> NowAsync(Actor actor, StationId station, CancellationToken cancellationToken) =>
        await StationAsync(actor, station, cancellationToken) is { } known ? Visible(actor, known, await Changes(station, 0)) : null;

    public async IAsyncEnumerable<TwinFrame> Watch(
        Actor actor, StationId station, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await StationAsync(actor, station, cancellationToken) is not { } known) yield break;
        using var pace = new PeriodicTimer(Pace);
        var version = 0L;
        do
        {
            var frame = await Changes(station, version);
            if (frame.Version == version) continue;
            version = frame.Version;
            yield return Visible(actor, known, frame);
        }
        while (await pace.WaitForNextTickAsync(cancellationToken));
    }

    private ValueTask<TwinFrame> Changes(StationId station, long since) =>
        grains.GetGrain<IStationGrain>(station.Value).ChangesAsync(since);

    /// <summary>
    /// An enterprise gets what is measured at its own distribution points and in the header. Nothing else: totals of the station would
    /// tell it what its neighbours take.
    /// </summary>
    private static TwinFrame Visible(Actor actor, Station station, TwinFrame frame)
    {
        if (actor.Role != Role.Enterprise) return frame;
        var shown = station.Assets.Where(a => a.Company is not null || a.Kind == AssetKind.Airnet).Select(a => a.Id).ToHashSet();
        return frame with { Values = [.. frame.Values.Where(v => shown.Contains(v.Tag.Asset))] };
    }
}
