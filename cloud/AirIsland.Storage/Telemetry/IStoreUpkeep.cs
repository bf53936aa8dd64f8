using NodaTime;

namespace AirIsland.Storage.Telemetry;

/// <summary>What a store does beside its work, again and again: sealing hours that are over, letting go what has expired.</summary>
public interface IStoreUpkeep
{
    /// <summary>One round. May be broken off and begun again at any time; appends and reads go on meanwhile.</summary>
    /// <exception cref="StoreUnavailableException">The disk or the server refused; the next round goes on.</exception>
    Task<UpkeepDone> KeepUpAsync(Instant now, CancellationToken cancellationToken);
}
