using System.Data.Common;
using AirIsland.Domain.Metering;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>From when to when the journal has something (ms since 1970 UTC, both inclusive).</summary>
internal static class JournalExtent
{
    /// <summary>
    /// First and last instant of a station's content; nulls without batches. A boot in 1970 or 2000 says nothing of when the data begin:
    /// no edge believes such a clock, and what it stamped may never be put right.
    /// </summary>
    public const string Sql = """
        WITH dated AS NOT MATERIALIZED (SELECT from_ms, to_ms FROM batch b WHERE station = $1 AND content = $2 AND NOT EXISTS (
            SELECT 1 FROM clock_stamp s WHERE s.station = $1 AND s.edge = b.edge AND s.to_ms < 1735689600000
                AND b.from_ms >= s.from_ms AND b.to_ms <= s.to_ms))
        SELECT (SELECT from_ms FROM dated ORDER BY to_ms LIMIT 1), (SELECT to_ms FROM dated ORDER BY to_ms DESC LIMIT 1)
        """;

    public static List<(long From, long To)> Of(DbConnection journal, Tag tag)
    {
        var content = tag.Kind == TagKind.Register ? BatchContent.Registers : BatchContent.Levels;
        var stretches = ClockCorrections.Of(journal, tag.Id.Station, null).Stretches.ToList();
        using var command = journal.Command(Sql, tag.Id.Station, (long)content);
        using var rows = command.ExecuteReader();
        if (rows.Read() && !rows.IsDBNull(0)) stretches.Add((rows.GetInt64(0), rows.GetInt64(1)));
        return stretches;
    }
}
