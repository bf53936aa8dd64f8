using NodaTime;

namespace AirIsland.Domain.Metering;

/// <summary>
/// When a sample's clock is not believed: it is stored Uncertain/Clock, moves no latest value, and holds the bills near it until a person
/// decides.
/// </summary>
public static class SampleClock
{
    /// <summary>A sample further ahead of the moment at which the cloud learned it has a wrong clock.</summary>
    public static readonly Duration FarthestFuture = Duration.FromMinutes(5);

    /// <summary>How far from where it says it is a sample with a doubted clock may belong, when a bill has to be sure.</summary>
    public static readonly Duration DoubtReach = Duration.FromDays(1);

    /// <summary>The last instant that a clock may have shown which the cloud believes.</summary>
    public static Instant LatestBelieved(Instant knownAt) => knownAt + FarthestFuture;

    public static bool IsWrong(Instant at, Instant knownAt) => at > LatestBelieved(knownAt);
}
