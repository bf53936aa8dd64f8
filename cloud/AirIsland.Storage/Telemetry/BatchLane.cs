namespace AirIsland.Storage.Telemetry;

/// <summary>Which queue of its edge a batch came by. The numbers are on the wire and in the store.</summary>
public enum BatchLane
{
    Live = 1,
    Backfill = 2,
}
