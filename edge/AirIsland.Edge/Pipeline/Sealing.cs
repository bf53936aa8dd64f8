using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// Encodes a batch against the catalogue of a site, once: these bytes go to the outbox, over the wire and into the store.
/// </summary>
public static class Sealing
{
    /// <param name="batch">What to encode.</param>
    /// <param name="site">Numbers its tags.</param>
    /// <param name="clock">What it is worth goes with the first batch after that changed.</param>
    public static SealedBatch Seal(this ScanBatch batch, SitePlan site, SiteClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(site);
        var builder = new BlockBuilder();
        foreach (var scan in batch.Scans)
        {
            var stamp = scan.Doubt is { } doubt ? new BlockStamp(doubt.Boot, doubt.OffsetMs) : null;
            foreach (var reading in scan.Readings)
                builder.Add(scan.Group, scan.Instant, site.Tags.NumberOf(reading.Tag), reading.Count, reading.Quality.Code, stamp);
        }
        if (!builder.IsEmpty && clock.TakeFix() is { } fix) builder.Add(new BlockClockFix(fix.Boot, fix.OffsetMs, fix.UptimeMs));
        return new(
            site.Catalogue.Id,
            batch.Content,
            builder.IsEmpty ? null : builder.Encode(),
            batch.Scans.Sum(s => s.Readings.Count(r => r.Count is null)),
            [.. batch.Scans.Select(s => s.Receipt).OfType<Receipt>()]);
    }
}
