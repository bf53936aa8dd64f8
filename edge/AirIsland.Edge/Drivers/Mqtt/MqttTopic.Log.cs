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

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Device {Device} sent nothing on {Topic} for {Patience}, the broker being there; its readings became Bad/Communication")]
    private static partial void LogSilent(ILogger logger, string device, string topic, TimeSpan patience);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The broker refused topic {Topic} of device {Device}: {Reason}; its readings became Bad/Configuration")]
    private static partial void LogRefused(ILogger logger, string device, string topic, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Device {Device} was heard on {Topic} again")]
    private static partial void LogHeard(ILogger logger, string device, string topic);
}
