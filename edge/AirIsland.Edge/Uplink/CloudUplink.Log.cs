using Microsoft.Extensions.Logging;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

public sealed partial class CloudUplink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The link to {Cloud} came up: credit {Credit} batches, {Pending} waited")]
    private static partial void LogUp(ILogger logger, Uri cloud, uint credit, long pending);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The link to {Cloud} was down: {Failure}; batches were kept for later")]
    private static partial void LogDown(ILogger logger, Uri cloud, string failure);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "Another process took over as edge {Edge}: a clone of this one may run; tried again after {RestS} s")]
    private static partial void LogFenced(ILogger logger, string edge, double restS);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox and the cloud did not fit together: {Reason}; a new epoch was started")]
    private static partial void LogNewEpoch(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The cloud had lane {Lane} only up to {Sequence} although it acknowledged {Acknowledged}; kept batches were sent again")]
    private static partial void LogCloudIsOlder(ILogger logger, Lane lane, long sequence, long acknowledged);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The edge stopped with {Pending} batches not acknowledged; they wait for the next start")]
    private static partial void LogLeft(ILogger logger, long pending);
}
