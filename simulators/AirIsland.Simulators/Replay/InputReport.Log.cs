using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Replay;

public sealed partial class InputReport
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} line {Line} was left out: {Why}")]
    private partial void LogBadRow(string file, long line, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File} line {Line}, column '{Column}' was taken as empty: {Why}")]
    private partial void LogBadCell(string file, long line, string column, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{File}: {Count} bad rows and cells were named; more were only counted")]
    private partial void LogEnough(string file, int count);
}
