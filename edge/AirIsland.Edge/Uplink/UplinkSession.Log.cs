using Microsoft.Extensions.Logging;
using Lane = AirIsland.Edge.Outbox.Lane;

namespace AirIsland.Edge.Uplink;

internal sealed partial class UplinkSession
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The cloud asked for batch {Lane} {Sequence} again later: {Reason}")]
    private static partial void LogRetry(ILogger logger, Lane lane, long sequence, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The cloud took batches again")]
    private static partial void LogRetriesEnded(ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The cloud rejected batch {Lane} {Sequence}: {Reason}; it was put aside and counts as lost")]
    private static partial void LogRejected(ILogger logger, Lane lane, long sequence, string reason);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The outbox did not keep batch {Lane} {Sequence} although it was not acknowledged; a gap was sent in its place")]
    private static partial void LogMissing(ILogger logger, Lane lane, long sequence);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The catalogue of batch {Lane} {Sequence} was lost, and the cloud has none: what names it was put aside, gaps were sent "
            + "in its place")]
    private static partial void LogUncatalogued(ILogger logger, Lane lane, long sequence);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The cloud knew other bytes as batch {Lane} {Sequence}: {Reason}; a new epoch was needed")]
    private static partial void LogSequenceReused(ILogger logger, Lane lane, long sequence, string reason);
}
