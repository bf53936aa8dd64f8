using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Sparkplug;

internal sealed partial class DeviceFeed
{
    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Device {Device} was born without metric '{Metric}'; its tag became Bad/Configuration")]
    private static partial void LogMissing(ILogger logger, string device, string metric);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Metric '{Metric}' of device {Device} is a {Type}, which is no number; its tag became Bad/Configuration")]
    private static partial void LogNoNumber(ILogger logger, string device, string metric, string type);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Metric '{Metric}' of device {Device} is in {Unit}, its profile says {Wanted}")]
    private static partial void LogUnit(ILogger logger, string device, string metric, string unit, string wanted);
}
