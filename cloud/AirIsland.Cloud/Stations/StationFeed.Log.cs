namespace AirIsland.Cloud.Stations;

public sealed partial class StationFeed
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Station {Station} did not take a batch; it will read it from the journal")]
    private partial void LogMissed(Exception cause, string station);

    [LoggerMessage(Level = LogLevel.Information, Message = "Station {Station} took batches again")]
    private partial void LogRecovered(string station);
}
