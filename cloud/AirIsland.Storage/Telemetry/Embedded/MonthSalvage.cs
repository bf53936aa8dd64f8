using AirIsland.Storage.Telemetry.Blocks;
using AirIsland.Storage.Telemetry.Journal;
using Microsoft.Data.Sqlite;

namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// Takes out of a damaged month what still decodes, into a new file of its name, and sets the damaged one aside. Not while the cloud runs.
/// </summary>
public static class MonthSalvage
{
    /// <summary>Gives the new name of the damaged file and what was lost: station, hour (since 1970 UTC) and what.</summary>
    /// <exception cref="IOException">A round of upkeep, or a backup, is at the months just now.</exception>
    public static (string SetAside, IReadOnlyList<StoreFault> Lost) Run(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        using var turn = UpkeepTurn.TryTake(directory) ?? throw new IOException($"somebody is at the months of {directory}: end it first");
        var lost = new List<StoreFault>();
        var salvaged = path + ".salvage";
        File.Delete(salvaged);
        using (var into = MonthSchema.Open(salvaged, write: true))
        {
            try
            {
                using var from = MonthSchema.Open(path, write: false);
                KeepOrigin(from, into);
                foreach (var hour in Seals(from)) Take(from, into, hour, Path.GetFileName(path), lost);
            }
            catch (SqliteException e)
            {
                lost.Add(new(Path.GetFileName(path), "", "", null, $"what was not named yet: {e.Message}"));
            }
            into.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        var aside = DamagedFile.SetAside(path);
        foreach (var tail in (string[])["-wal", "-shm"]) File.Delete(salvaged + tail);
        File.Move(salvaged, path);
        return (aside, lost);
    }

    /// <summary>It stays the same month: what expiry folded of it already is not folded again.</summary>
    private static void KeepOrigin(SqliteConnection from, SqliteConnection into)
    {
        using var command = from.Command("SELECT id FROM origin");
        if (command.ExecuteScalar() is long origin) into.Run("UPDATE origin SET id = $1", origin);
    }

    private static List<(string Station, long Hour, long SealedTo)> Seals(SqliteConnection month)
    {
        using var command = month.Command("SELECT station, hour, sealed_to FROM seal");
        using var rows = command.ExecuteReader();
        var found = new List<(string, long, long)>();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2)));
        return found;
    }

    /// <summary>An hour of which nothing is left is not said to be sealed: the journal may still have some of it.</summary>
    private static void Take(
        SqliteConnection from, SqliteConnection into, (string Station, long Hour, long SealedTo) hour, string file, List<StoreFault> lost)
    {
        try
        {
            var blocks = MonthTables.Blocks(
                from, hour.Station, hour.Hour, (row, e) => lost.Add(new(file, "frame", row, hour.Hour, e.Message)));
            using var transaction = into.BeginTransaction();
            MonthTables.Replace(into, hour.Station, hour.Hour, blocks, hour.SealedTo);
            transaction.Commit();
        }
        catch (Exception e) when (e is SqliteException or InvalidDataException)
        {
            lost.Add(new(file, "seal", hour.Station, hour.Hour, $"the whole hour: {e.Message}"));
        }
    }
}
