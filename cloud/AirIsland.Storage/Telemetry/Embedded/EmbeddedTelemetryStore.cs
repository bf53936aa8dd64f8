using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Sealing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>The default store: SQLite files in one directory, for one machine. Opens at construction, closes at disposal.</summary>
public sealed partial class EmbeddedTelemetryStore : ITelemetryStore, IRegisterEvidence, IStoreUpkeep, IDisposable
{
    private readonly ConcurrentDictionary<CatalogueKey, TagCatalogue> _catalogues = [];
    private readonly EmbeddedOptions _options;
    private readonly ILogger _logger;
    private readonly EmbeddedJournal _journal;
    private readonly LevelFiles _files;
    private readonly BlockStore _blocks;
    private readonly Sealer _sealer;
    private readonly SemaphoreSlim _upkeep = new(1);

    public EmbeddedTelemetryStore(EmbeddedOptions options, ILogger<EmbeddedTelemetryStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _logger) = (options, logger);
        System.IO.Directory.CreateDirectory(options.Directory);
        _journal = new EmbeddedJournal(options, logger);
        _files = new(options.Directory, _journal);
        _blocks = new(_files, Catalogue, (month, e) => LogDamaged(_files.PathOf(month), e.Message));
        _sealer = new(_files, new(_files), Catalogue);
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
                using var command = connection.CreateCommand();
                command.CommandText =
                    "INSERT INTO catalogue(id, edge, station, used, body)"
                    + " VALUES ($1, $2, $3, (SELECT coalesce(max(used), 0) + 1 FROM catalogue), $4)"
                    + " ON CONFLICT(id) DO UPDATE SET used = (SELECT max(used) + 1 FROM catalogue)";
                command.Parameters.AddWithValue("$1", catalogue.Key.Hex);
                command.Parameters.AddWithValue("$2", catalogue.Edge);
                command.Parameters.AddWithValue("$3", catalogue.Station.Value);
                command.Parameters.AddWithValue("$4", catalogue.Canonical);
                command.ExecuteNonQuery();
            },
            cancellationToken);
        _catalogues[catalogue.Key] = catalogue;
    }

    public ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken) => new(Catalogue(key));

    public Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken)
    {
        using var journal = _files.Journal();
        using var command = journal.Connection.Command(
            "SELECT body, max(used) AS newest FROM catalogue WHERE station = $1 GROUP BY edge ORDER BY newest DESC", station.Value);
        var tags = new List<Tag>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) tags.AddRange(TagCatalogue.Parse((byte[])rows[0]).Tags);
        return Task.FromResult<IReadOnlyList<Tag>>([.. tags.DistinctBy(t => t.Id).OrderBy(t => t.Id.Value, StringComparer.Ordinal)]);
    }

    public IAsyncEnumerable<Sample> Read(Tag tag, Instant from, Instant to, CancellationToken cancellationToken) =>
        Stream(_blocks.Read(tag, from, to, null), cancellationToken);

    public IAsyncEnumerable<Sample> ReadAsOf(
        Tag register, Instant from, Instant to, Instant knownBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(register);
        return register.Kind == TagKind.Register
            ? Stream(_blocks.Read(register, from, to, knownBy), cancellationToken)
            : throw new ArgumentException($"{register.Id} is no register", nameof(register));
    }

    public Task<IReadOnlyList<Sample?>> LatestAsync(IReadOnlyList<Tag> tags, CancellationToken cancellationToken) =>
        Task.FromResult(_blocks.Latest(tags));

    public Task<IReadOnlyList<Bucket>> BucketsAsync(Tag tag, BucketQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Task.Run(() => _blocks.Buckets(tag, question, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<BoundaryRead?>> RegistersAtAsync(
        IReadOnlyList<Tag> registers, Instant at, CancellationToken cancellationToken) =>
        Task.FromResult(_blocks.RegistersAt(registers, at, null));

    public Task<IReadOnlyList<BoundaryRead?>> RegistersAsOfAsync(
        IReadOnlyList<Tag> registers, Instant at, Instant knownBy, CancellationToken cancellationToken) =>
        Task.FromResult(_blocks.RegistersAt(registers, at, knownBy));

    public Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return Task.FromResult(_blocks.Extent(tag));
    }

    /// <summary>Seals the hours of each station that ended <see cref="EmbeddedOptions.SealAfter"/> ago, by its own newest sample or now.</summary>
    public async Task<UpkeepDone> KeepUpAsync(Instant now, CancellationToken cancellationToken)
    {
        await _upkeep.WaitAsync(cancellationToken);
        try
        {
            return new(await SealAsync(now.ToUnixTimeMilliseconds(), cancellationToken));
        }
        catch (SqliteException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
        finally
        {
            _upkeep.Release();
        }
    }

    public async IAsyncEnumerable<JournalEntry> Follow(
        StationId station, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var journal = _files.Journal();
        using var command = journal.Connection.Command(
            "SELECT position, edge, epoch, lane, sequence, catalogue, content, known_at, payload, encoding FROM batch"
            + " WHERE station = $1 AND position > $2 ORDER BY position",
            station.Value, after);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Entry(rows);
        }
    }

    public Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken)
    {
        using var journal = _files.Journal();
        using var command = journal.Connection.Command(
            "SELECT position FROM batch WHERE station = $1 ORDER BY position DESC LIMIT 1 OFFSET $2", station.Value, (long)entries);
        return Task.FromResult(command.ExecuteScalar() is long position ? position : 0);
    }

    public void Dispose()
    {
        _files.Dispose();
        _journal.Dispose();
        _upkeep.Dispose();
    }

    private async Task<int> SealAsync(long now, CancellationToken cancellationToken)
    {
        List<(string Station, long From, long To, long Bytes)> stations;
        using (var journal = _files.Journal()) stations = JournalLevels.Stations(journal.Connection);
        var done = 0;
        foreach (var (station, from, to, _) in stations)
        {
            // What is forgotten must be in the fold first, and the fold must be kept.
            await _blocks.LatestOf(station).KeepAsync(_files, cancellationToken);
            done += await _sealer.SealAsync(
                station, from, Math.Max(to, now) - (long)_options.SealAfter.TotalMilliseconds, cancellationToken);
        }
        return done;
    }

    private static async IAsyncEnumerable<Sample> Stream(
        IEnumerable<Sample> samples, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var sample in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return sample;
        }
    }

    private TagCatalogue? Catalogue(CatalogueKey key)
    {
        if (_catalogues.TryGetValue(key, out var known)) return known;
        using var journal = _files.Journal();
        using var command = journal.Connection.Command("SELECT body FROM catalogue WHERE id = $1", key.Hex);
        return command.ExecuteScalar() is byte[] body ? _catalogues.GetOrAdd(key, TagCatalogue.Parse(body)) : null;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{File} is damaged and read without what is: {Reason}")]
    private partial void LogDamaged(string file, string reason);

    private static JournalEntry Entry(DbDataReader rows) => new(
        rows.GetInt64(0),
        new(rows.GetString(1), (ulong)rows.GetInt64(2), (BatchLane)rows.GetInt32(3), (ulong)rows.GetInt64(4)),
        new(rows.GetString(5)),
        (BatchContent)rows.GetInt32(6),
        Instant.FromUnixTimeMilliseconds(rows.GetInt64(7)),
        (byte[])rows[8],
        (BlockEncoding)rows.GetInt32(9));
}
