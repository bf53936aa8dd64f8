using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Uplink;

public sealed partial class CloudUplink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The link to {Cloud} came up: credit {Credit} batches, {Pending} waited")]
    private static partial void LogUp(ILogger logger, Uri cloud, uint credit, long pending);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The link to {Cloud} was down: {Failure}{Remark}; batches were kept for later")]
    private static partial void LogDown(ILogger logger, Uri cloud, string failure, string remark);

    [LoggerMessage(Level = LogLevel.Information, Message = "The link to {Cloud} worked again")]
    private static partial void LogWorks(ILogger logger, Uri cloud);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Another process took over as edge {Edge}: a clone of this one may run; tried again each {RestS} s")]
    private static partial void LogFenced(ILogger logger, string edge, double restS);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The edge stopped with {Pending} batches not acknowledged; they wait for the next start")]
    private static partial void LogLeft(ILogger logger, long pending);
}
