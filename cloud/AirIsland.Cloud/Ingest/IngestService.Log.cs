namespace AirIsland.Cloud.Ingest;

public sealed partial class IngestService
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Edge {Edge} connected, epoch {Epoch:x16}")]
    private partial void LogConnected(string edge, ulong epoch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Edge {Edge} was fenced: a newer stream of it took over")]
    private partial void LogFenced(string edge);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stream as edge {Edge} was refused: {Reason}")]
    private partial void LogRefused(string edge, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message =
        "Edge {Edge} came back with epoch {Epoch:x16} after another took its place: two outboxes have this name, or an old one is back")]
    private partial void LogCloned(string edge, ulong epoch);

    [LoggerMessage(Level = LogLevel.Information, Message = "Edge {Edge} disconnected")]
    private partial void LogLost(string edge);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Edge {Edge} was sent away: the store is not available ({Reason})")]
    private partial void LogStoreUnavailable(string edge, string reason);
}
