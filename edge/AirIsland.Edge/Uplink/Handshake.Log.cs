using Microsoft.Extensions.Logging;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

internal sealed partial class Handshake
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox and the cloud did not fit together: {Reason}; a new epoch was started")]
    private static partial void LogNewEpoch(ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The cloud had lane {Lane} only up to {Sequence} although it acknowledged {Acknowledged}; kept batches were sent again")]
    private static partial void LogCloudIsOlder(ILogger logger, Lane lane, long sequence, long acknowledged);
}
