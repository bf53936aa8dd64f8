namespace AirIsland.Cloud.Stations;

public sealed partial class StationGrain
{
    [LoggerMessage(Level = LogLevel.Error,
        Message = "Station {Station} could not fold the batch at {Position}; its twin went on without it")]
    private partial void LogUnfolded(Exception cause, string station, long position);
}
