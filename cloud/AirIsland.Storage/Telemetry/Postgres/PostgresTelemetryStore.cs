using System.Data.Common;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AirIsland.Storage.Telemetry.Postgres;

/// <summary>
/// The store of a cluster: one PostgreSQL, to which several processes append at once. Positions count per station, from 1, without gaps,
/// in the order of the commits. Opens at construction, closes at disposal.
/// </summary>
public sealed class PostgresTelemetryStore : BlockTelemetryStore
{
    private readonly NpgsqlDataSource _source;
    private readonly PostgresJournal _journal;

    /// <exception cref="StoreUnavailableException">The server cannot be reached, or refuses.</exception>
    public PostgresTelemetryStore(PostgresOptions options, ILogger<PostgresTelemetryStore> logger)
        : base(options?.SealAfter ?? throw new ArgumentNullException(nameof(options)), options.KeepLevels, logger)
    {
        _source = PostgresSchema.Source(options.ConnectionString);
        // Not on the caller's scheduler, which may do one thing at a time and wait here.
        Task.Run(() => PostgresScript.RunAsync(_source, PostgresSchema.Tables, CancellationToken.None)).GetAwaiter().GetResult();
        _journal = new PostgresJournal(_source, options, logger);
        Serve(new PostgresPlaces(_source, _journal));
    }

    public override (long Commits, long Batches) Counters => _journal.Counters;

    public override ValueTask<Task<Appended>> AppendAsync(ReceivedBatch batch, CancellationToken cancellationToken) =>
        _journal.AppendAsync(batch, cancellationToken);

    public override async Task<IReadOnlyList<StoredWatermark>> WatermarksAsync(
        string edge, ulong epoch, CancellationToken cancellationToken)
    {
        var found = new List<StoredWatermark>();
        await _journal.RunAsync(
            connection =>
            {
                using var command = connection.Command(
                    "SELECT lane, sequence, crc32c FROM watermark WHERE edge = $1 AND epoch = $2 AND sequence > 0", edge, (long)epoch);
                using var rows = command.ExecuteReader();
                while (rows.Read()) found.Add(new((BatchLane)rows.GetInt32(0), (ulong)rows.GetInt64(1), (uint)rows.GetInt64(2)));
            },
            cancellationToken);
        return found;
    }

    protected override void Dispose(bool disposing)
    {
        _journal.Dispose();
        _source.Dispose();
    }

    private protected override void Keep(DbConnection journal, TagCatalogue catalogue) => journal.Run(
        "INSERT INTO catalogue(id, edge, station, used, body) VALUES ($1, $2, $3, nextval('catalogue_used'), $4)"
        + " ON CONFLICT(id) DO UPDATE SET used = nextval('catalogue_used')",
        catalogue.Key.Hex, catalogue.Edge, catalogue.Station.Value, catalogue.Canonical);
}
