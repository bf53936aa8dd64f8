using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// Encodes a batch against the catalogue of a site, once: these bytes go to the outbox, over the wire and into the store.
/// </summary>
public static class Sealing
{
    public static SealedBatch Seal(this ScanBatch batch, SitePlan site)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(site);
        var builder = new BlockBuilder();
        foreach (var scan in batch.Scans)
        {
            foreach (var reading in scan.Readings)
                builder.Add(scan.Group, scan.Instant, site.Tags.NumberOf(reading.Tag), reading.Count, reading.Quality.Code);
        }
        return new(
            site.Catalogue.Id,
            batch.Content,
            builder.IsEmpty ? null : builder.Encode(),
            batch.Scans.Sum(s => s.Readings.Count(r => r.Count is null)),
            [.. batch.Scans.Select(s => s.Receipt).OfType<Receipt>()]);
    }
}
