using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Devices.Mqtt;

public sealed partial class MeterPublisher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker at {Host}:{Port} was lost; the meters keep their messages. {Reason}")]
    private partial void LogAway(string host, int port, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker at {Host}:{Port} was back; the meters went on")]
    private partial void LogBack(string host, int port);
}
