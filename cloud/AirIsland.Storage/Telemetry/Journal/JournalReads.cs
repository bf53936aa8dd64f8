using System.Collections.Concurrent;
using System.Data.Common;
using AirIsland.Domain.Metering;
using AirIsland.Domain.Stations;
using AirIsland.Proto.Columns;
using NodaTime;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>Catalogues and batches as the journal has them, in SQL that every dialect understands.</summary>
internal sealed class JournalReads(Func<Lease> open)
{
    private readonly ConcurrentDictionary<CatalogueKey, TagCatalogue> _catalogues = [];

    /// <summary>A catalogue that was kept.</summary>
    public void Remember(TagCatalogue catalogue) => _catalogues[catalogue.Key] = catalogue;

    public TagCatalogue? Catalogue(CatalogueKey key)
    {
        if (_catalogues.TryGetValue(key, out var known)) return known;
        using var journal = open();
        using var command = journal.Connection.Command("SELECT body FROM catalogue WHERE id = $1", key.Hex);
        return command.ExecuteScalar() is byte[] body ? _catalogues.GetOrAdd(key, TagCatalogue.Parse(body)) : null;
    }

    /// <summary>
    /// By the newest catalogue of each edge, and by all of imports (named <c>import-…</c>): a device that a site no longer has is gone,
    /// and of a file that was imported nothing is, whatever was imported after it. The newer declaration of a tag counts.
    /// </summary>
    public IReadOnlyList<Tag> Tags(StationId station)
    {
        using var journal = open();
        using var command = journal.Connection.Command(
            "SELECT body FROM catalogue c WHERE station = $1 AND (substr(edge, 1, 7) = 'import-'"
            + " OR used = (SELECT max(used) FROM catalogue n WHERE n.station = $1 AND n.edge = c.edge)) ORDER BY used DESC",
            station.Value);
        var tags = new List<Tag>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) tags.AddRange(TagCatalogue.Parse(rows.GetFieldValue<byte[]>(0)).Tags);
        return [.. tags.DistinctBy(t => t.Id).OrderBy(t => t.Id.Value, StringComparer.Ordinal)];
    }

    public IEnumerable<JournalEntry> Follow(StationId station, long after)
    {
        using var journal = open();
        using var command = journal.Connection.Command(
            "SELECT position, edge, epoch, lane, sequence, catalogue, content, known_at, payload, encoding FROM batch"
            + " WHERE station = $1 AND position > $2 ORDER BY position",
            station.Value, after);
        using var rows = command.ExecuteReader();
        while (rows.Read()) yield return Entry(rows);
    }

    public long Tail(StationId station, int entries)
    {
        using var journal = open();
        using var command = journal.Connection.Command(
            "SELECT position FROM batch WHERE station = $1 ORDER BY position DESC LIMIT 1 OFFSET $2", station.Value, (long)entries);
        return command.ExecuteScalar() is long position ? position : 0;
    }

    private static JournalEntry Entry(DbDataReader rows) => new(
        rows.GetInt64(0),
        new(rows.GetString(1), (ulong)rows.GetInt64(2), (BatchLane)rows.GetInt32(3), (ulong)rows.GetInt64(4)),
        new(rows.GetString(5)),
        (BatchContent)rows.GetInt32(6),
        Instant.FromUnixTimeMilliseconds(rows.GetInt64(7)),
        rows.GetFieldValue<byte[]>(8),
        (BlockEncoding)rows.GetInt32(9));
}
