using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.Postgres;

internal sealed partial class PostgresJournal
{
    [LoggerMessage(Level = LogLevel.Error, Message =
        "The journal could not commit {Count} batches (PostgreSQL {State}: {Reason}); edges were asked to send them again")]
    private partial void LogCommitFailed(int count, string state, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Batch} was set aside: no row can hold it (PostgreSQL {State}: {Reason})")]
    private partial void LogSetAside(string batch, string state, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The journal committed again")]
    private partial void LogRecovered();
}
