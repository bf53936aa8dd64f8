using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Configuration;

public sealed partial class SiteReload
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Settings generation {Generation} ({Hash}) came into force: {Change}")]
    private static partial void LogInForce(ILogger logger, int generation, string hash, SettingsChange change);

    [LoggerMessage(Level = LogLevel.Warning, Message = "These settings changed and come into force with the next start: {Settings}")]
    private static partial void LogNeedsRestart(ILogger logger, string settings);

    [LoggerMessage(Level = LogLevel.Error, Message = "Settings {Path} changed and were refused, the old ones stay in force: {Mistakes}")]
    private static partial void LogRefused(ILogger logger, string path, string mistakes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The settings in force could not be kept for a way back: {Failure}")]
    private static partial void LogNotKept(ILogger logger, string failure);
}
