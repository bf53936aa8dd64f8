using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>The default store: SQLite files in one directory, for one machine. Opens at construction, closes at disposal.</summary>
public sealed class EmbeddedTelemetryStore : ITelemetryStore, IDisposable
{
    /// <inheritdoc cref="JournalReads.Extent"/>
    public const string Extent = JournalReads.Extent;

    private readonly EmbeddedJournal _journal;
    private readonly JournalReads _reads;

    public EmbeddedTelemetryStore(EmbeddedOptions options, ILogger<EmbeddedTelemetryStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.Directory);
        var path = EmbeddedSchema.PathIn(options.Directory);
        _journal = new EmbeddedJournal(options, logger);
        _reads = new(_ => new(EmbeddedSchema.Open(path, write: false)));
    }

    /// <summary>Transactions committed and batches stored since the start.</summary>
    public (long Commits, long Batches) Counters => _journal.Counters;

    public ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _journal.AppendAsync(batch, cancellationToken);

    public Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken) =>
        _journal.WatermarksAsync(edge, epoch, cancellationToken);

    public async Task KeepAsync(TagCatalogue catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        await _journal.RunAsync(
            connection =>
            {
                using var command = connection.Command(
                    "INSERT INTO catalogue(id, edge, station, used, body)"
                    + " VALUES (@id, @edge, @station, (SELECT coalesce(max(used), 0) + 1 FROM catalogue), @body)"
                    + " ON CONFLICT(id) DO UPDATE SET used = (SELECT max(used) + 1 FROM catalogue)",
                    ("@id", catalogue.Key.Hex), ("@edge", catalogue.Edge), ("@station", catalogue.Station.Value),
                    ("@body", catalogue.Canonical));
                command.ExecuteNonQuery();
            },
            cancellationToken);
        _reads.Remember(catalogue);
    }

    public ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken) =>
        _reads.CatalogueAsync(key, cancellationToken);

    public Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken) =>
        _reads.TagsAsync(station, cancellationToken);

    public IAsyncEnumerable<Sample> Read(Tag tag, Instant from, Instant to, CancellationToken cancellationToken) =>
        _reads.Read(tag, from, to, cancellationToken);

    public Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken) => _reads.ExtentAsync(tag, cancellationToken);

    public IAsyncEnumerable<JournalEntry> Follow(StationId station, long after, CancellationToken cancellationToken) =>
        _reads.Follow(station, after, cancellationToken);

    public Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken) =>
        _reads.TailAsync(station, entries, cancellationToken);

    public void Dispose() => _journal.Dispose();
}
