using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Mqtt;

internal sealed partial class MqttTopic
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Device {Device} sent a message on {Topic} that could not be read: {Failure}; its readings became Bad")]
    private static partial void LogUnreadable(ILogger logger, string device, string topic, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Device {Device} sent readable messages on {Topic} again")]
    private static partial void LogReadable(ILogger logger, string device, string topic);
}
