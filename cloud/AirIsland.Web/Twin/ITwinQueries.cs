using AirIsland.Domain.Stations;
using AirIsland.Domain.Twin;

namespace AirIsland.Web.Twin;

/// <summary>What the twin page asks. Implemented by the cloud; every question names who asks.</summary>
public interface ITwinQueries
{
    /// <summary>The stations that the actor may see, by name.</summary>
    ValueTask<IReadOnlyList<Station>> StationsAsync(Actor actor, CancellationToken cancellationToken);

    /// <summary>The station, or null when it does not exist or the actor may not see it.</summary>
    ValueTask<Station?> StationAsync(Actor actor, StationId station, CancellationToken cancellationToken);

    /// <summary>All values first, then what changed, at most once a second. Empty when the actor may not see the station.</summary>
    IAsyncEnumerable<TwinFrame> Watch(Actor actor, StationId station, CancellationToken cancellationToken);
}
