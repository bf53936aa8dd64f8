using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Drivers.Sparkplug;

public sealed partial class SparkplugDriver
{
    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The broker {Host}:{Port} of the Sparkplug nodes failed: {Failure}; their readings became Bad/Communication")]
    private static partial void LogFailed(ILogger logger, string host, int port, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker {Host}:{Port} of the Sparkplug nodes was connected")]
    private static partial void LogConnected(ILogger logger, string host, int port);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Group}/{Node} was born")]
    private static partial void LogBorn(ILogger logger, string group, string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Group}/{Node} died, or a number of its messages stayed missing")]
    private static partial void LogLost(ILogger logger, string group, string node);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Group}/{Node} was asked for its births")]
    private static partial void LogAsked(ILogger logger, string group, string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Group}/{Node} sent a {Verb} that could not be read: {Failure}")]
    private static partial void LogUnreadable(ILogger logger, string group, string node, string verb, string failure);

    [LoggerMessage(Level = LogLevel.Information, Message = "Node {Group}/{Node} sent readable messages again")]
    private static partial void LogReadable(ILogger logger, string group, string node);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The broker {Host}:{Port} sent more than was taken: messages were left out, all nodes were asked for births")]
    private static partial void LogOverrun(ILogger logger, string host, int port);
}
