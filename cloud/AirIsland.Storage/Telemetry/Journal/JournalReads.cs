using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Proto.Columns;
using AirIsland.Quantities;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>What a journal is asked, in SQL that every dialect understands. Each question has a connection of its own.</summary>
internal sealed class JournalReads(Func<CancellationToken, ValueTask<DbConnection>> open)
{
    /// <summary>
    /// First and last instant (ms since 1970 UTC) of a station's content; nulls without batches. A boot in 1970 or 2000 says nothing of
    /// when the data begin: no edge believes such a clock, and what it stamped may never be put right.
    /// </summary>
    public const string Extent = """
        WITH dated AS NOT MATERIALIZED (SELECT from_ms, to_ms FROM batch b WHERE station = @station AND content = @content AND NOT EXISTS (
            SELECT 1 FROM clock_stamp s WHERE s.station = @station AND s.edge = b.edge AND s.to_ms < 1735689600000
                AND b.from_ms >= s.from_ms AND b.to_ms <= s.to_ms))
        SELECT (SELECT from_ms FROM dated ORDER BY to_ms LIMIT 1), (SELECT to_ms FROM dated ORDER BY to_ms DESC LIMIT 1)
        """;

    private const string Overlapping = """
        SELECT position, catalogue, payload, encoding, known_at, edge FROM batch
            WHERE station = @station AND content = @content
                AND to_ms >= @from AND to_ms < @to + 86400000 AND from_ms < @to AND to_ms - from_ms <= 86400000
        UNION ALL
        SELECT position, catalogue, payload, encoding, known_at, edge FROM batch
            WHERE station = @station AND content = @content AND from_ms < @to AND to_ms >= @from AND to_ms - from_ms > 86400000
        ORDER BY position
        """;

    private readonly ConcurrentDictionary<CatalogueKey, TagCatalogue> _catalogues = [];

    /// <summary>A catalogue that was kept.</summary>
    public void Remember(TagCatalogue catalogue) => _catalogues[catalogue.Key] = catalogue;

    public async ValueTask<TagCatalogue?> CatalogueAsync(CatalogueKey key, CancellationToken cancellationToken)
    {
        if (_catalogues.TryGetValue(key, out var known)) return known;
        try
        {
            await using var connection = await open(cancellationToken);
            await using var command = connection.Command("SELECT body FROM catalogue WHERE id = @id", ("@id", key.Hex));
            return await command.ExecuteScalarAsync(cancellationToken) is byte[] body
                ? _catalogues.GetOrAdd(key, TagCatalogue.Parse(body))
                : null;
        }
        catch (DbException e)
        {
            throw new StoreUnavailableException(e.Message, e);
        }
    }

    public async Task<IReadOnlyList<Tag>> TagsAsync(StationId station, CancellationToken cancellationToken)
    {
        await using var connection = await open(cancellationToken);
        await using var command = connection.Command(
            "SELECT body FROM catalogue c WHERE station = @station"
            + " AND used = (SELECT max(used) FROM catalogue n WHERE n.station = @station AND n.edge = c.edge) ORDER BY used DESC",
            ("@station", station.Value));
        var tags = new List<Tag>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) tags.AddRange(TagCatalogue.Parse((byte[])rows[0]).Tags);
        return [.. tags.DistinctBy(t => t.Id).OrderBy(t => t.Id.Value, StringComparer.Ordinal)];
    }

    /// <inheritdoc cref="ITelemetryStore.Read"/>
    public async IAsyncEnumerable<Sample> Read(
        Tag tag, Instant from, Instant to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var samples = new List<(long Position, Sample Sample)>();
        await using (var connection = await open(cancellationToken))
        {
            var clocks = await ClockCorrections.OfAsync(connection, tag.Id.Station, cancellationToken);
            var seen = new HashSet<long>();
            foreach (var place in clocks.Places(from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds()))
            {
                await using var command = connection.Command(
                    Overlapping, ("@station", tag.Id.Station), ("@content", (long)ContentOf(tag)), ("@from", place.From), ("@to", place.To));
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                {
                    var position = rows.GetInt64(0);
                    if (!seen.Add(position)) continue;
                    var number = (await CatalogueAsync(new(rows.GetString(1)), cancellationToken))?.NumberOf(tag);
                    if (number is null) continue;
                    var block = BlockReader.Read((byte[])rows[2], (BlockEncoding)rows.GetInt32(3));
                    var known = Instant.FromUnixTimeMilliseconds(rows.GetInt64(4));
                    var edge = rows.GetString(5);
                    foreach (var sample in Samples(block, number.Value, known, g => clocks.ShiftOf(edge, g.Stamp)))
                        if (sample.At >= from && sample.At < to) samples.Add((position, sample));
                }
            }
        }
        // What was learned later stands later; within a batch the order stays.
        foreach (var (_, sample) in samples.OrderBy(s => s.Sample.At).ThenBy(s => s.Position)) yield return sample;
    }

    public async Task<Interval?> ExtentAsync(Tag tag, CancellationToken cancellationToken)
    {
        await using var connection = await open(cancellationToken);
        var stretches = (await ClockCorrections.OfAsync(connection, tag.Id.Station, cancellationToken)).Stretches.ToList();
        await using var command = connection.Command(Extent, ("@station", tag.Id.Station), ("@content", (long)ContentOf(tag)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        if (await rows.ReadAsync(cancellationToken) && !rows.IsDBNull(0)) stretches.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return stretches.Count == 0
            ? null
            : new Interval(
                Instant.FromUnixTimeMilliseconds(stretches.Min(s => s.From)),
                Instant.FromUnixTimeMilliseconds(stretches.Max(s => s.To) + 1));
    }

    public async IAsyncEnumerable<JournalEntry> Follow(
        StationId station, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await open(cancellationToken);
        await using var command = connection.Command(
            "SELECT position, edge, epoch, lane, sequence, catalogue, content, known_at, payload, encoding FROM batch"
            + " WHERE station = @station AND position > @after ORDER BY position",
            ("@station", station.Value), ("@after", after));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken)) yield return Entry(rows);
    }

    public async Task<long> TailAsync(StationId station, int entries, CancellationToken cancellationToken)
    {
        await using var connection = await open(cancellationToken);
        await using var command = connection.Command(
            "SELECT position FROM batch WHERE station = @station ORDER BY position DESC LIMIT 1 OFFSET @entries",
            ("@station", station.Value), ("@entries", (long)entries));
        return await command.ExecuteScalarAsync(cancellationToken) is long position ? position : 0;
    }

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

    private static JournalEntry Entry(DbDataReader rows) => new(
        rows.GetInt64(0),
        new(rows.GetString(1), (ulong)rows.GetInt64(2), (BatchLane)rows.GetInt32(3), (ulong)rows.GetInt64(4)),
        new(rows.GetString(5)),
        (BatchContent)rows.GetInt32(6),
        Instant.FromUnixTimeMilliseconds(rows.GetInt64(7)),
        (byte[])rows[8],
        (BlockEncoding)rows.GetInt32(9));
}
