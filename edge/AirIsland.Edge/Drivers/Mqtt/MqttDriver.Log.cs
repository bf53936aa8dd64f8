using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Mqtt;

public sealed partial class MqttDriver
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The broker {Host}:{Port} of {Devices} failed: {Failure}; their readings became Bad/Communication")]
    private static partial void LogFailed(ILogger logger, string host, int port, string devices, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Topic {Topic} is no device's any more: its subscription is ended")]
    private static partial void LogStray(ILogger logger, string topic);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker {Host}:{Port} of {Devices} was connected")]
    private static partial void LogConnected(ILogger logger, string host, int port, string devices);
}
