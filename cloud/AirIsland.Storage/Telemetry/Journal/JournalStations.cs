using System.Data.Common;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>The stations that a journal has batches of: one seek each, however many batches there are.</summary>
internal static class JournalStations
{
    public const string Sql = """
        WITH RECURSIVE known(station) AS (
            SELECT min(station) FROM batch
            UNION ALL SELECT (SELECT min(b.station) FROM batch b WHERE b.station > k.station) FROM known k WHERE k.station IS NOT NULL)
        SELECT station FROM known WHERE station IS NOT NULL
        """;

    public static List<string> Of(DbConnection journal)
    {
        using var command = journal.Command(Sql);
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read()) found.Add(rows.GetString(0));
        return found;
    }

    /// <summary>Its newest position; 0 without one.</summary>
    public static long Last(DbConnection journal, string station)
    {
        using var command = journal.Command("SELECT max(position) FROM batch WHERE station = $1", station);
        return command.ExecuteScalar() is long position ? position : 0;
    }
}
