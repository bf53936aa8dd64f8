using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Northbound;

public sealed partial class SparkplugEdgeNode
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker {Host}:{Port} of the SCADA failed: {Failure}; samples are kept")]
    private static partial void LogFailed(ILogger logger, string host, int port, string failure);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "The broker {Host}:{Port} of the SCADA was connected as {Node}, session {Number}")]
    private static partial void LogConnected(ILogger logger, string host, int port, string node, int number);

    [LoggerMessage(Level = LogLevel.Information, Message = "The births of {Assets} assets were sent")]
    private static partial void LogBorn(ILogger logger, int assets);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The primary host {Host} was away; samples are kept")]
    private static partial void LogUnheard(ILogger logger, string host);
}
