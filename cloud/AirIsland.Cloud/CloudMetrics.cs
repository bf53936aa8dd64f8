using System.Diagnostics.Metrics;

namespace AirIsland.Cloud;

/// <summary>What the cloud counts.</summary>
public sealed class CloudMetrics
{
    public const string MeterName = "AirIsland.Cloud";

    private readonly Counter<long> _batches;
    private readonly Counter<long> _readings;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _clones;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _expired;
    private readonly Histogram<double> _lag;

    public CloudMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _batches = meter.CreateCounter<long>("airisland.ingest.batches", "{batch}", "batches stored");
        _readings = meter.CreateCounter<long>("airisland.ingest.readings", "{reading}", "readings stored");
        _duplicates = meter.CreateCounter<long>("airisland.ingest.duplicates", "{batch}", "known batches acknowledged again and dropped");
        _rejected = meter.CreateCounter<long>("airisland.ingest.rejected", "{batch}", "undecodable batches kept aside");
        _refused = meter.CreateCounter<long>(
            "airisland.ingest.refused", "{connection}", "connections and streams that were refused, by reason");
        _clones = meter.CreateCounter<long>(
            "airisland.ingest.clones", "{stream}", "streams of an edge whose epoch came back after another: two outboxes have its name");
        _retries = meter.CreateCounter<long>("airisland.ingest.retries", "{batch}", "batches that an edge was asked to send again");
        _missed = meter.CreateCounter<long>("airisland.station.missed", "{batch}", "batches that a station must catch up from the journal");
        _expired = meter.CreateCounter<long>("airisland.store.expired", "{sample}", "samples that are kept as minutes only, or no longer");
        _lag = meter.CreateHistogram<double>(
            "airisland.ingest.lag", "s", "station time from the newest sample of a live batch to its storage");
    }

    public void Stored(int points, double lagSeconds, bool live)
    {
        _batches.Add(1);
        _readings.Add(points);
        if (live) _lag.Record(lagSeconds);
    }

    public void Duplicate() => _duplicates.Add(1);

    public void Rejected() => _rejected.Add(1);

    /// <summary>One of a few words: certificate, hello, order, size, catalogue, streams, silence, unread.</summary>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Cloned() => _clones.Add(1);

    public void Retried() => _retries.Add(1);

    public void Expired(long samples) => _expired.Add(samples);

    public void Missed() => _missed.Add(1);
}
