using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Devices.Mqtt;

public sealed partial class ReplayPublisher
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker at {Host}:{Port} was lost; the replay waits for it. {Reason}")]
    private partial void LogAway(string host, int port, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker at {Host}:{Port} was back; the replay went on")]
    private partial void LogBack(string host, int port);
}
