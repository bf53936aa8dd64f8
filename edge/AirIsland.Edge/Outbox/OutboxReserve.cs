using System.Security.Cryptography;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Space put by for a full disk: SQLite writes before it frees, so what the cloud has could not be deleted on a disk that has nothing left.
/// The file <c>outbox.reserve</c> holds it, with bytes that no file system makes smaller.
/// </summary>
internal sealed class OutboxReserve(string directory, long size)
{
    private const int Piece = 1 << 16;

    private readonly FileInfo _file = new(Path.Combine(directory, "outbox.reserve"));

    /// <summary>Gives the space back. What follows must <see cref="Take"/> it again, or appending would use it up.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public void Release() => _file.Delete();

    /// <summary>Puts the space by, when it is not and the disk has it and a little more, for the commits that follow.</summary>
    public void Take()
    {
        try
        {
            _file.Refresh();
            var isTaken = size == 0 || (_file.Exists && _file.Length >= size);
            if (!isTaken && new DriveInfo(directory).AvailableFreeSpace >= size + (size / 4)) Write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk without a reserve is no worse than a small one; what was begun is written anew next time.
        }
    }

    private void Write()
    {
        var bytes = RandomNumberGenerator.GetBytes(Piece);
        using var file = _file.Create();
        for (var written = 0L; written < size; written += Piece) file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
