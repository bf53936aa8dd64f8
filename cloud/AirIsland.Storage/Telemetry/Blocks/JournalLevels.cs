using System.Data.Common;
using AirIsland.Proto.Columns;
using AirIsland.Storage.Telemetry.Journal;

namespace AirIsland.Storage.Telemetry.Blocks;

/// <summary>
/// The level batches that are in the journal. Those held stay there: their clocks are in doubt, or they span more than a day. The others
/// wait for the sealer.
/// </summary>
internal static class JournalLevels
{
    /// <summary>What spans more (ms) is held.</summary>
    private const long LongestWaiting = 86_400_000;

    /// <summary>A batch by its place in time (ms since 1970 UTC, both inclusive) and its size.</summary>
    public readonly record struct Span(long Position, long From, long To, long Points);

    /// <summary>A batch with its bytes.</summary>
    public readonly record struct Entry(long Position, CatalogueKey Catalogue, byte[] Payload, BlockEncoding Encoding);

    /// <summary>Those not held that touch a stretch (half-open), by position.</summary>
    public static List<Span> Waiting(DbConnection journal, string station, long from, long to)
    {
        using var command = journal.Command(
            "SELECT position, from_ms, to_ms, points FROM batch"
            + " WHERE station = $1 AND content = 1 AND held = 0 AND to_ms >= $2 AND to_ms < $3 + 86400000 AND from_ms < $3"
            + " ORDER BY position",
            station, from, to);
        var found = new List<Span>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        return found;
    }

    /// <summary>Those held that the cloud learned before an instant (ms since 1970 UTC), with their points.</summary>
    public static List<(long Position, long Points)> Held(DbConnection journal, string station, long before)
    {
        using var command = journal.Command(
            "SELECT position, points FROM batch WHERE station = $1 AND content = 1 AND held = 1 AND known_at < $2"
            + " AND position < (SELECT max(position) FROM batch WHERE station = $1) ORDER BY position",
            station, before);
        var found = new List<(long, long)>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return found;
    }

    /// <summary>
    /// The stations that have any waiting, with where theirs begin (at the earliest) and end. Found by seeks: a journal holds years.
    /// </summary>
    public static List<(string Station, long From, long To)> Stations(DbConnection journal)
    {
        const string End = "SELECT to_ms FROM batch WHERE station = $1 AND content = 1 AND held = 0 ORDER BY to_ms";
        var found = new List<(string, long, long)>();
        foreach (var station in JournalStations.Of(journal))
        {
            using var first = journal.Command($"{End} LIMIT 1", station);
            using var last = journal.Command($"{End} DESC LIMIT 1", station);
            if (first.ExecuteScalar() is long begin && last.ExecuteScalar() is long end) found.Add((station, begin - LongestWaiting, end));
        }
        return found;
    }

    /// <exception cref="InvalidDataException">Its bytes are not those that came.</exception>
    public static Entry? Read(DbConnection journal, string station, long position)
    {
        using var command = journal.Command(
            "SELECT catalogue, payload, encoding, crc32c FROM batch WHERE station = $1 AND position = $2", station, position);
        using var rows = command.ExecuteReader();
        if (!rows.Read()) return null;
        return new(position, new(rows.GetString(0)), JournalPayload.Of(rows, 1, 3, position), (BlockEncoding)rows.GetInt32(2));
    }

    public static void Remove(DbConnection journal, string station, IReadOnlyList<long> positions)
    {
        using var command = journal.Command(
            // The newest stays: positions go on from it.
            "DELETE FROM batch WHERE station = $1 AND position = $2 AND position < (SELECT max(position) FROM batch WHERE station = $1)",
            station, 0L);
        foreach (var position in positions) command.RunWith(station, position);
    }
}
