using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// The store of a cluster: one PostgreSQL, to which several processes append at once. Positions count per station, from 1, without gaps,
/// in the order of the commits. Opens at construction, closes at disposal.
/// </summary>
public sealed class PostgresTelemetryStore : ITelemetryStore, IDisposable
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresJournal _journal;
    private readonly JournalReads _reads;

    /// <exception cref="StoreUnavailableException">The server cannot be reached, or refuses.</exception>
    public PostgresTelemetryStore(PostgresOptions options, ILogger<PostgresTelemetryStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _source = PostgresSchema.Source(options.ConnectionString);
        // Not on the caller's scheduler, which may do one thing at a time and wait here.
        Task.Run(() => PostgresScript.RunAsync(_source, PostgresSchema.Tables, CancellationToken.None)).GetAwaiter().GetResult();
        _journal = new PostgresJournal(_source, options, logger);
        _reads = new(async cancellationToken => await _source.OpenConnectionAsync(cancellationToken));
    }

    /// <summary>Transactions committed and batches stored by this process since its start.</summary>
    public (long Commits, long Batches) Counters => _journal.Counters;

    public ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _journal.AppendAsync(batch, cancellationToken);

    public async Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(string edge, ulong epoch, CancellationToken cancellationToken)
    {
        var found = new List<StoredWatermark>();
        await _journal.RunAsync(
            connection =>
            {
                using var command = connection.Command(
                    "SELECT lane, sequence, crc32c FROM watermark WHERE edge = @edge AND epoch = @epoch AND sequence > 0",
                    ("@edge", edge), ("@epoch", (long)epoch));
                using var rows = command.ExecuteReader();
                while (rows.Read()) found.Add(new((BatchLane)rows.GetInt32(0), (ulong)rows.GetInt64(1), (uint)rows.GetInt64(2)));
            },
            cancellationToken);
        return found;
    }

    public async Task KeepAsync(TagCatalogue catalogue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        await _journal.RunAsync(
            connection =>
            {
                using var command = connection.Command(
                    "INSERT INTO catalogue(id, edge, station, used, body)"
                    + " VALUES (@id, @edge, @station, nextval('catalogue_used'), @body)"
                    + " ON CONFLICT(id) DO UPDATE SET used = nextval('catalogue_used')",
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

    public void Dispose()
    {
        _journal.Dispose();
        _source.Dispose();
    }
}
