using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Health;

public sealed partial class StatusFile
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The numbers of this run were not written to {Path}: {Failure}")]
    private static partial void LogNotWritten(ILogger logger, string path, string failure);
}
