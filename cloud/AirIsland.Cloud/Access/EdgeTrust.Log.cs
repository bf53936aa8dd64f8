using System.Net;

namespace AirIsland.Cloud.Access;

public sealed partial class EdgeTrust
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A connection from {From} by {Subject} was refused: {Fault}")]
    private partial void LogNoConnection(EndPoint? from, string subject, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The files of Cloud:Tls changed and are in use")]
    private partial void LogChanged();

    [LoggerMessage(Level = LogLevel.Error, Message = "The files of Cloud:Tls were changed and {Fault}; what was read before stays in use")]
    private partial void LogKept(string fault);
}
