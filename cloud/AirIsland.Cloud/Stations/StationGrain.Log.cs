namespace AirIsland.Cloud.Stations;

public sealed partial class StationGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Station {Station} lives in this process; its journal is read up to {Position}")]
    private partial void LogLives(string station, long position);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "Station {Station} could not fold the batch at {Position}; its twin went on without it")]
    private partial void LogUnfolded(Exception cause, string station, long position);
}
