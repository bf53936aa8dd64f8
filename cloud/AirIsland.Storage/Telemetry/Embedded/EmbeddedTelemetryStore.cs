using System.Data.Common;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>The default store: SQLite files in one directory, for one machine. Opens at construction, closes at disposal.</summary>
public sealed class EmbeddedTelemetryStore : BlockTelemetryStore
{
    private readonly EmbeddedJournal _journal;
    private readonly LevelFiles _files;

    public EmbeddedTelemetryStore(EmbeddedOptions options, ILogger<EmbeddedTelemetryStore> logger)
        : base(options?.SealAfter ?? throw new ArgumentNullException(nameof(options)), options.KeepLevels, logger)
    {
        Directory.CreateDirectory(options.Directory);
        try
        {
            _journal = new EmbeddedJournal(options, logger);
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException(
                $"{EmbeddedSchema.PathIn(options.Directory)} cannot be opened: {e.Message}; AirIsland.Cloud check says more", e);
        }
        _files = new(options.Directory, _journal, logger);
        Serve(_files, options.MostMerged);
    }

    public override (long Commits, long Batches) Counters => _journal.Counters;

    public override ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _journal.AppendAsync(batch, cancellationToken);

    public override Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken) =>
        _journal.WatermarksAsync(edge, epoch, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        _files.Dispose();
        _journal.Dispose();
    }

    private protected override void Keep(DbConnection journal, TagCatalogue catalogue) => journal.Run(
        "INSERT INTO catalogue(id, edge, station, used, body)"
        + " VALUES ($1, $2, $3, (SELECT coalesce(max(used), 0) + 1 FROM catalogue), $4)"
        + " ON CONFLICT(id) DO UPDATE SET used = (SELECT max(used) + 1 FROM catalogue)",
        catalogue.Key.Hex, catalogue.Edge, catalogue.Station.Value, catalogue.Canonical);
}
