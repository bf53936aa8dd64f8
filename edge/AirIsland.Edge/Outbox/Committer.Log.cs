using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Outbox;

internal sealed partial class Committer
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The outbox's disk took no commit of {Count} entries: {Failure}; they stay in memory and are tried again")]
    private static partial void LogDiskFailed(ILogger logger, string failure, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The outbox's disk took commits again")]
    private static partial void LogDiskRecovered(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The outbox was full or its samples too old: {Samples} were given up and recorded as gaps, and more may follow")]
    private static partial void LogDropping(ILogger logger, long samples);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The outbox closed without a commit of what was queued: {Samples} samples in memory were lost")]
    private static partial void LogGivenUp(ILogger logger, int samples);
}
