using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// When a sample's clock is not believed: it is stored Uncertain/Clock, moves no latest value, and enters no bill by itself.
/// </summary>
public static class SampleClock
{
    /// <summary>A sample further ahead of the moment at which the cloud learned it has a wrong clock.</summary>
    public static readonly Duration FarthestFuture = Duration.FromMinutes(5);

    public static bool IsWrong(Instant at, Instant knownAt) => at > knownAt + FarthestFuture;
}
