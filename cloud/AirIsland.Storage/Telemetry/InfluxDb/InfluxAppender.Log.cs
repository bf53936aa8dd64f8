using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.InfluxDb;

internal sealed partial class InfluxAppender
{
    [LoggerMessage(Level = LogLevel.Error, Message =
        "InfluxDB did not take the points of {Count} batches ({Reason}); edges were asked to send them again")]
    private partial void LogFailed(int count, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} batches could not be appended; edges were asked to send them again")]
    private partial void LogBroken(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "InfluxDB took points again")]
    private partial void LogRecovered();

    [LoggerMessage(Level = LogLevel.Error, Message = "{Batch} was set aside: {Reason}")]
    private partial void LogRefused(string batch, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Count} samples of {Batch} were not written to InfluxDB: it knows no such year; the journal has them")]
    private partial void LogLeftOut(int count, string batch);
}
