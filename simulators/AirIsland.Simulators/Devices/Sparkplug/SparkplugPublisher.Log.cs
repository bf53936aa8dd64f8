using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Devices.Sparkplug;

public sealed partial class SparkplugPublisher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker at {Host}:{Port} was lost to node {Group}/{Node}. {Reason}")]
    private partial void LogAway(string host, int port, string group, string node, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Group}/{Node} was born at the broker {Host}:{Port}")]
    private partial void LogBorn(string group, string node, string host, int port);
}
