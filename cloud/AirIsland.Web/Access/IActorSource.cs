using AirIsland.Domain.Stations;

namespace AirIsland.Web.Access;

/// <summary>Who is asking in the current request or circuit.</summary>
public interface IActorSource
{
    ValueTask<Actor> CurrentAsync(CancellationToken cancellationToken);
}
