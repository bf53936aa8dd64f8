using AirIsland.Fieldbus.Dlt645;
using AirIsland.Quantities;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Dlt645;

internal sealed partial class Meter
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Device {Device} ({Endpoint}, meter {Meter}) failed at {Identifier}: {Failure}; its readings became Bad/{Reason}")]
    private static partial void LogFailed(
        ILogger logger, string device, string endpoint, MeterAddress meter, DltIdentifier identifier, string failure, QualityReason reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "Device {Device} recovered at {Identifier}")]
    private static partial void LogAnswers(ILogger logger, string device, DltIdentifier identifier);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Site time was set back, {BehindS} s behind the next poll of {Group} of device {Device}; its grid began anew")]
    private static partial void LogSetBack(ILogger logger, string device, string group, double behindS);
}
