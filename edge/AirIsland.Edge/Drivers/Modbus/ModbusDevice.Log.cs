using AirIsland.Quantities;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Modbus;

internal sealed partial class ModbusDevice
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Device {Device} ({Endpoint}, unit {Unit}) failed at {Block}: {Failure}; its readings became Bad/{Reason}")]
    private static partial void LogFailed(
        ILogger logger, string device, string? endpoint, int unit, string block, string failure, QualityReason reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Device {Device} refused {Points} within {Block}: {Failure}; they became Bad/Configuration until tried again")]
    private static partial void LogQuarantined(
        ILogger logger, string device, string points, string block, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Device {Device} recovered at {Block}")]
    private static partial void LogRecovered(ILogger logger, string device, string block);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Site time was set back, {BehindS} s behind the next poll of {Group} of device {Device}; its grid began anew")]
    private static partial void LogSetBack(ILogger logger, string device, string group, double behindS);
}
