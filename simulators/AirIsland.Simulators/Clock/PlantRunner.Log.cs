using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Clock;

public sealed partial class PlantRunner
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The plant was held at {Instant:O}: registers stand")]
    private partial void LogHeld(DateTimeOffset instant);

    [LoggerMessage(Level = LogLevel.Information, Message = "The plant was released at {Instant:O}")]
    private partial void LogReleased(DateTimeOffset instant);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The plant fell behind the clock; {Skipped} of plant time were left out")]
    private partial void LogSkipped(TimeSpan skipped);
}
