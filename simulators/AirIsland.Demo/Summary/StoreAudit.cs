using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.Demo.Summary;

/// <summary>Reads a stopped store back, every sample by tag and instant.</summary>
internal static class StoreAudit
{
    public static async Task<(long Stored, long Duplicated)> CountAsync(
        string directory, string station, CancellationToken cancellationToken)
    {
        using var store = new EmbeddedTelemetryStore(new() { Directory = directory }, NullLogger<EmbeddedTelemetryStore>.Instance);
        var (stored, duplicated) = (0L, 0L);
        foreach (var tag in await store.TagsAsync(new StationId(station), cancellationToken))
        {
            var instants = new HashSet<Instant>();
            await foreach (var sample in store.Read(tag, NodaConstants.UnixEpoch, Instant.FromUtc(9998, 1, 1, 0, 0), cancellationToken))
            {
                if (instants.Add(sample.At)) stored++;
                else duplicated++;
            }
        }
        return (stored, duplicated);
    }
}
