using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using NodaTime;

namespace AirIsland.Storage.Telemetry;

/// <summary>
/// Where telemetry is kept: the truth of which everything else is a fold. What every adapter does; what only some can (evidence, as-of)
/// is declared beside it. All members may be called from many threads.
/// </summary>
public interface ITelemetryStore
{
    /// <summary>
    /// Appends a batch and moves its lane's watermark in one transaction. The task ends when both are on disk, or when it is clear that
    /// nothing was written. The outer task is a place in the queue: appends are carried out in the order in which it was given.
    /// </summary>
    ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken);

    /// <summary>The watermarks of an epoch, ordered after every append given before.</summary>
    Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken);

    /// <summary>Keeps a catalogue durably and makes it the newest of its edge.</summary>
    /// <exception cref="StoreUnavailableException">It could not be kept.</exception>
    Task KeepAsync(TagCatalogue catalogue, CancellationToken cancellationToken);

    ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken);

    /// <summary>The tags of a station by the newest catalogue of each of its edges, and by all of imports (<c>import-…</c>).</summary>
    Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken);

    /// <summary>
    /// All samples of a tag's series (see <see cref="Tag.IsSameSeries"/>) with <paramref name="from"/> ≤ instant &lt;
    /// <paramref name="to"/>, by instant. What an edge stamped with a clock that it did not believe stands where it belongs, and is
    /// Uncertain/Substituted instead of Uncertain/Clock, as soon as the edge has told what its clock was worth in that boot; what is
    /// stored stays as it came. A sample that was far ahead of the cloud's clock when it came is Uncertain/Clock.
    /// </summary>
    IAsyncEnumerable<Sample> Read(Tag tag, Instant from, Instant to, CancellationToken cancellationToken);

    /// <summary>
    /// The newest sample of each tag's series whose clock is believed, in the order of the tags; null where there is none. Backfill may be
    /// the newest there is: what is live, a station's twin knows.
    /// </summary>
    Task<IReadOnlyList<Sample?>> LatestAsync(IReadOnlyList<Tag> tags, CancellationToken cancellationToken);

    /// <summary>A level or state in buckets; see <see cref="BucketFold"/>.</summary>
    Task<IReadOnlyList<Bucket>> BucketsAsync(Tag tag, BucketQuestion question, CancellationToken cancellationToken);

    /// <summary>
    /// Registers of one station at an instant, in their order: the read, or interpolated between its usable neighbours (see
    /// <see cref="RegisterSeries.At"/>); null where there are none.
    /// </summary>
    Task<IReadOnlyList<BoundaryRead?>> RegistersAtAsync(IReadOnlyList<Tag> registers, Instant at, CancellationToken cancellationToken);

    /// <summary>
    /// From the first to just after the last stored instant of the tag's station and kind of content; null when there is none. The tag
    /// itself may begin later and end earlier.
    /// </summary>
    Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken);

    /// <summary>Stored batches of a station after a journal position, in journal order.</summary>
    IAsyncEnumerable<JournalEntry> Follow(StationId station, long after, CancellationToken cancellationToken);

    /// <summary>The position after which the last <paramref name="entries"/> batches of a station lie.</summary>
    Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken);
}
