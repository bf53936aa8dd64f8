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
    /// <param name="clock">Its steps since the batch before go with this one.</param>
    public static SealedBatch Seal(this ScanBatch batch, SitePlan site, SiteClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(site);
        var builder = new BlockBuilder();
        foreach (var scan in batch.Scans)
        {
            foreach (var reading in scan.Readings)
                builder.Add(scan.Group, scan.Instant, site.Tags.NumberOf(reading.Tag), reading.Count, reading.Quality.Code);
        }
        if (!builder.IsEmpty)
        {
            foreach (var step in clock.TakeSteps()) builder.Add(new BlockClockFix(step.Boot, step.OffsetMs, step.From, step.To));
        }
        return new(
            site.Catalogue.Id,
            batch.Content,
            builder.IsEmpty ? null : builder.Encode(),
            batch.Scans.Sum(s => s.Readings.Count(r => r.Count is null)),
            [.. batch.Scans.Select(s => s.Receipt).OfType<Receipt>()]);
    }
}
