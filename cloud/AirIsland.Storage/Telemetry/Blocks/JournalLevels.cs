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
    /// <summary>A batch by its place in time (ms since 1970 UTC, both inclusive) and its size.</summary>
    public readonly record struct Span(long Position, long From, long To, long Points);

    /// <summary>A batch with its bytes.</summary>
    public readonly record struct Entry(long Position, CatalogueKey Catalogue, byte[] Payload, BlockEncoding Encoding);

    /// <summary>Those not held that touch a stretch (half-open), by position.</summary>
    public static List<Span> Waiting(DbConnection journal, string station, long from, long to)
    {
        using var command = journal.Command(
            "SELECT position, from_ms, to_ms, points FROM batch"
            + " WHERE station = $1 AND content = 1 AND held = 0 AND to_ms >= $2 AND to_ms < $3 + 86400000 AND from_ms < $3 ORDER BY position",
            station, from, to);
        var found = new List<Span>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add(new(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        return found;
    }

    /// <summary>The stations that have any, with where theirs begin and the points in them.</summary>
    public static List<(string Station, long From, long To, long Bytes)> Stations(DbConnection journal)
    {
        using var command = journal.Command(
            "SELECT station, min(from_ms), max(to_ms), sum(length(payload)) FROM batch WHERE content = 1 AND held = 0 GROUP BY station");
        var found = new List<(string, long, long, long)>();
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3)));
        return found;
    }

    public static Entry? Read(DbConnection journal, string station, long position)
    {
        using var command = journal.Command(
            "SELECT catalogue, payload, encoding FROM batch WHERE station = $1 AND position = $2", station, position);
        using var rows = command.ExecuteReader();
        return rows.Read() ? new(position, new(rows.GetString(0)), rows.GetFieldValue<byte[]>(1), (BlockEncoding)rows.GetInt32(2)) : null;
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
