using System.Diagnostics.Metrics;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>What the journals of this process count.</summary>
internal static class JournalMetrics
{
    private static readonly Meter Meter = new("AirIsland.Storage");
    private static readonly Counter<long> CommitCount = Meter.CreateCounter<long>(
        "airisland.store.commits", "{commit}", "transactions of the journal that are on disk");

    public static void Committed() => CommitCount.Add(1);
}
