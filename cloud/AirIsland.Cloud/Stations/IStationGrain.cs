using AirIsland.Domain.Twin;

namespace AirIsland.Cloud.Stations;

/// <summary>One station in memory: the unit of ordering and placement. Its key is the station's id.</summary>
public interface IStationGrain : IGrainWithStringKey
{
    /// <summary>Folds a batch; one that came before is ignored, one that comes too early makes the grain read the journal.</summary>
    ValueTask ObserveAsync(StationBatch batch);

    /// <summary>What changed in the twin after that version; 0 gives everything.</summary>
    ValueTask<TwinFrame> ChangesAsync(long since);
}
