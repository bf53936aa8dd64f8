using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.Embedded;

internal sealed partial class EmbeddedJournal
{
    [LoggerMessage(Level = LogLevel.Error, Message =
        "The journal could not commit {Count} batches (SQLite {Code}: {Reason}); edges were asked to send them again")]
    private partial void LogCommitFailed(int count, int code, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The journal committed again")]
    private partial void LogRecovered();
}
