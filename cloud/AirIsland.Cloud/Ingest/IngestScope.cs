using AirIsland.Cloud.Access;
using Microsoft.Extensions.Options;
using NodaTime;

namespace AirIsland.Cloud.Ingest;

/// <summary>What the streams of the ingester share: the stations' time, the moment the process stops, the credit, the counters.</summary>
public sealed class IngestScope(
    [FromKeyedServices(StationClock.Key)] TimeProvider time, IHostApplicationLifetime lifetime, IOptions<CloudOptions> options,
    CloudMetrics metrics, EdgeTrust trust)
{
    /// <summary>When the cloud learns what it receives now.</summary>
    public Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    public CancellationToken Stopping => lifetime.ApplicationStopping;

    public uint Credit => (uint)options.Value.Credit;

    public CloudMetrics Metrics => metrics;

    public EdgeTrust Trust => trust;
}
