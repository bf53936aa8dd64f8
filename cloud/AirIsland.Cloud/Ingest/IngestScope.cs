using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using NodaTime;

namespace AirIsland.Cloud.Ingest;

/// <summary>
/// What the streams of the ingester share: the stations' time, the moment the process stops, credit and limits, the counters.
/// </summary>
public sealed class IngestScope(
    [FromKeyedServices(StationClock.Key)] TimeProvider time, IHostApplicationLifetime lifetime, IOptions<CloudOptions> options,
    IOptions<IngestLimits> limits, CloudMetrics metrics)
{
    private readonly ConcurrentDictionary<string, int> _newCatalogues = new(StringComparer.Ordinal);
    private int _streams;

    /// <summary>When the cloud learns what it receives now.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public uint Credit => (uint)options.Value.Credit;

    public IngestLimits Limits => limits.Value;

    public CloudMetrics Metrics => metrics;

    /// <summary>Counts a stream in; false when there are too many. Every call wants its <see cref="Leave"/>.</summary>
    public bool Enter() => Interlocked.Increment(ref _streams) <= Limits.Streams;

    public void Leave() => Interlocked.Decrement(ref _streams);

    /// <summary>Counts a catalogue that was not known before; false when the edge has brought too many.</summary>
    public bool Learn(string edge) => _newCatalogues.AddOrUpdate(edge, 1, (_, count) => count + 1) <= Limits.NewCatalogues;
}
