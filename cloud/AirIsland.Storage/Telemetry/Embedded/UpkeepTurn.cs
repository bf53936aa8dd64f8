namespace AirIsland.Storage.Telemetry.Embedded;

/// <summary>
/// Whose turn it is to change months, or to rely on them not changing: the store's upkeep, or a backup, in whatever process. A lock on a
/// file, which the system lets go when its process ends, however it ends.
/// </summary>
internal static class UpkeepTurn
{
    public const string FileName = "upkeep.lock";

    /// <summary>EWOULDBLOCK, or Windows' sharing violation.</summary>
    private static bool IsTaken(IOException e) => (e.HResult & 0xFFFF) is 11 or 35 or 32;

    /// <summary>The turn until it is disposed of; null while somebody else has it.</summary>
    public static IDisposable? TryTake(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return null;
        }
    }
}
