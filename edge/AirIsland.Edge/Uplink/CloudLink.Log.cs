using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Uplink;

internal sealed partial class CloudLink
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The link's certificate files changed: {Certificates}")]
    private static partial void LogChanged(ILogger logger, LinkCertificates certificates);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The link's certificate files were changed and {Fault}; the certificates from before stay in use")]
    private static partial void LogKept(ILogger logger, string fault);
}
