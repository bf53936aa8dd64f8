using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>The default store: SQLite files in one directory, for one machine. Opens at construction, closes at disposal.</summary>
public sealed class EmbeddedTelemetryStore : ITelemetryStore, IDisposable
{
    /// <summary>
    /// First and last instant (ms since 1970 UTC) of a station's content; nulls without batches. A boot in 1970 or 2000 says nothing of
    /// when the data begin: no edge believes such a clock, and what it stamped may never be put right.
    /// </summary>
    public const string Extent = """
        WITH dated AS NOT MATERIALIZED (SELECT from_ms, to_ms FROM batch b WHERE station = $1 AND content = $2 AND NOT EXISTS (
            SELECT 1 FROM clock_stamp s WHERE s.station = $1 AND s.edge = b.edge AND s.to_ms < 1735689600000
                AND b.from_ms >= s.from_ms AND b.to_ms <= s.to_ms))
        SELECT (SELECT from_ms FROM dated ORDER BY to_ms LIMIT 1), (SELECT to_ms FROM dated ORDER BY to_ms DESC LIMIT 1)
        """;

    private const string Overlapping = """
        SELECT position, catalogue, payload, encoding, known_at, edge FROM batch
            WHERE station = $1 AND content = $2 AND to_ms >= $3 AND to_ms < $4 + 86400000 AND from_ms < $4 AND to_ms - from_ms <= 86400000
        UNION ALL
        SELECT position, catalogue, payload, encoding, known_at, edge FROM batch
            WHERE station = $1 AND content = $2 AND from_ms < $4 AND to_ms >= $3 AND to_ms - from_ms > 86400000
        ORDER BY position
        """;

    private readonly ConcurrentDictionary<CatalogueKey, TagCatalogue> _catalogues = [];
    private readonly EmbeddedJournal _journal;
    private readonly string _path;

    public EmbeddedTelemetryStore(EmbeddedOptions options, ILogger<EmbeddedTelemetryStore> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        System.IO.Directory.CreateDirectory(options.Directory);
        _path = EmbeddedSchema.PathIn(options.Directory);
        _journal = new EmbeddedJournal(options, logger);
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

    public ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken)
    {
        if (_catalogues.TryGetValue(key, out var known)) return new(known);
        using var connection = EmbeddedSchema.Open(_path, write: false);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT body FROM catalogue WHERE id = $1";
        command.Parameters.AddWithValue("$1", key.Hex);
        return new(command.ExecuteScalar() is byte[] body ? _catalogues.GetOrAdd(key, TagCatalogue.Parse(body)) : null);
    }

    public Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken)
    {
        using var connection = EmbeddedSchema.Open(_path, write: false);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT body, max(used) AS newest FROM catalogue WHERE station = $1 GROUP BY edge ORDER BY newest DESC";
        command.Parameters.AddWithValue("$1", station.Value);
        var tags = new List<Tag>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) tags.AddRange(TagCatalogue.Parse((byte[])rows[0]).Tags);
        return Task.FromResult<IReadOnlyList<Tag>>([.. tags.DistinctBy(t => t.Id).OrderBy(t => t.Id.Value, StringComparer.Ordinal)]);
    }

    public async IAsyncEnumerable<Sample> Read(
        Tag tag, Instant from, Instant to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        var samples = new List<(long Position, Sample Sample)>();
        using (var connection = EmbeddedSchema.Open(_path, write: false))
        {
            var clocks = ClockCorrections.Of(connection, tag.Id.Station);
            var seen = new HashSet<long>();
            foreach (var place in clocks.Places(fromMs, toMs))
            {
                using var command = connection.CreateCommand();
                command.CommandText = Overlapping;
                command.Parameters.AddWithValue("$1", tag.Id.Station);
                command.Parameters.AddWithValue("$2", (long)ContentOf(tag));
                command.Parameters.AddWithValue("$3", place.From);
                command.Parameters.AddWithValue("$4", place.To);
                using var rows = command.ExecuteReader();
                while (rows.Read())
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var position = rows.GetInt64(0);
                    if (!seen.Add(position)) continue;
                    var number = (await CatalogueAsync(new(rows.GetString(1)), cancellationToken))?.NumberOf(tag);
                    if (number is null) continue;
                    var block = BlockReader.Read((byte[])rows[2], (BlockEncoding)rows.GetInt32(3));
                    var known = Instant.FromUnixTimeMilliseconds(rows.GetInt64(4));
                    foreach (var sample in Samples(block, number.Value, known, g => clocks.ShiftOf(rows.GetString(5), g.Stamp)))
                        if (sample.At >= from && sample.At < to) samples.Add((position, sample));
                }
            }
        }
        // What was learned later stands later; within a batch the order stays.
        foreach (var (_, sample) in samples.OrderBy(s => s.Sample.At).ThenBy(s => s.Position)) yield return sample;
    }

    public Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tag);
        using var connection = EmbeddedSchema.Open(_path, write: false);
        using var command = connection.CreateCommand();
        command.CommandText = Extent;
        command.Parameters.AddWithValue("$1", tag.Id.Station);
        command.Parameters.AddWithValue("$2", (long)ContentOf(tag));
        var stretches = ClockCorrections.Of(connection, tag.Id.Station).Stretches.ToList();
        using var rows = command.ExecuteReader();
        if (rows.Read() && !rows.IsDBNull(0)) stretches.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return Task.FromResult(stretches.Count == 0
            ? (Interval?)null
            : new Interval(
                Instant.FromUnixTimeMilliseconds(stretches.Min(s => s.From)),
                Instant.FromUnixTimeMilliseconds(stretches.Max(s => s.To) + 1)));
    }

    public async IAsyncEnumerable<JournalEntry> Follow(
        StationId station, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var connection = EmbeddedSchema.Open(_path, write: false);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT position, edge, epoch, lane, sequence, catalogue, content, known_at, payload, encoding FROM batch"
            + " WHERE station = $1 AND position > $2 ORDER BY position";
        command.Parameters.AddWithValue("$1", station.Value);
        command.Parameters.AddWithValue("$2", after);
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Entry(rows);
        }
    }

    public Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken)
    {
        using var connection = EmbeddedSchema.Open(_path, write: false);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT position FROM batch WHERE station = $1 ORDER BY position DESC LIMIT 1 OFFSET $2";
        command.Parameters.AddWithValue("$1", station.Value);
        command.Parameters.AddWithValue("$2", entries);
        return Task.FromResult(command.ExecuteScalar() is long position ? position : 0);
    }

    public void Dispose() => _journal.Dispose();

    private static BatchContent ContentOf(Tag tag) => tag.Kind == TagKind.Register ? BatchContent.Registers : BatchContent.Levels;

    private static IEnumerable<Sample> Samples(DecodedBlock block, uint number, Instant known, Func<BlockGroup, long?> shiftOf)
    {
        foreach (var group in block.Groups)
        {
            if (group.Columns.FirstOrDefault(c => c.Tag == number) is not { } column) continue;
            var shift = shiftOf(group);
            for (var i = 0; i < column.Rows.Length; i++)
            {
                var at = Instant.FromUnixTimeMilliseconds(group.Instants[column.Rows[i]] + (shift ?? 0));
                var stored = Quality.FromCode(column.Qualities[i]);
                var quality = ClockCorrections.Judge(stored, group.Stamp is not null, shift is not null, at, known);
                yield return new(at, column.HasValue(i) ? column.Counts[i] : null, quality);
            }
        }
    }

    private static JournalEntry Entry(SqliteDataReader rows) => new(
        rows.GetInt64(0),
        new(rows.GetString(1), (ulong)rows.GetInt64(2), (BatchLane)rows.GetInt32(3), (ulong)rows.GetInt64(4)),
        new(rows.GetString(5)),
        (BatchContent)rows.GetInt32(6),
        Instant.FromUnixTimeMilliseconds(rows.GetInt64(7)),
        (byte[])rows[8],
        (BlockEncoding)rows.GetInt32(9));
}
