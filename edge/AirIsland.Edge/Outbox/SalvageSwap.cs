using System.Globalization;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Puts the new file in the place of a damaged one, which goes aside as <c>outbox.damaged-TIME.db</c>. A draft becomes the new file by one
/// rename, to <c>outbox.salvaged-TIME.db</c>: before it nothing was done, after it every start goes on with what is left to do.
/// </summary>
internal sealed class SalvageSwap(string directory)
{
    private const int MostDamaged = 3;

    private readonly string _path = Path.Combine(directory, OutboxStore.FileName);

    /// <summary>Where the new file is made.</summary>
    public string Draft { get; } = Path.Combine(directory, "outbox.salvage.db");

    /// <summary>The note that the file was found damaged.</summary>
    public string Note { get; } = Path.Combine(directory, "outbox.suspect");

    /// <summary>Does what a kill left undone. Where the damaged file went; null when there was nothing to do.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public string? Resume()
    {
        Remove(Draft);
        return Directory.GetFiles(directory, "outbox.salvaged-*.db").Order(StringComparer.Ordinal).FirstOrDefault() is { } salvaged
            ? Swap(salvaged)
            : null;
    }

    /// <summary>Takes the draft, whole and closed, for the file. Where the damaged one went.</summary>
    /// <exception cref="IOException">The directory cannot be written, or the draft is not whole.</exception>
    public string Adopt(DateTimeOffset now)
    {
        // What is still in its WAL would stay behind.
        if (new FileInfo($"{Draft}-wal") is { Exists: true, Length: > 0 }) throw new IOException("the new file could not be completed");
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var name = Enumerable.Range(1, MostDamaged + 1).Select(n => n == 1 ? time : $"{time}-{n}").First(n => !File.Exists(Damaged(n)));
        var salvaged = Path.Combine(directory, $"outbox.salvaged-{name}.db");
        File.Move(Draft, salvaged);
        return Swap(salvaged);
    }

    /// <summary>A database with all that belongs to it.</summary>
    public static void Remove(string path)
    {
        foreach (var end in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"]) File.Delete($"{path}{end}");
    }

    private string Damaged(string name) => Path.Combine(directory, $"outbox.damaged-{name}.db");

    private string Swap(string salvaged)
    {
        var damaged = Damaged(Path.GetFileNameWithoutExtension(salvaged)["outbox.salvaged-".Length..]);
        // Its WAL first: left behind, it would be taken for that of the new file.
        foreach (var end in (ReadOnlySpan<string>)["-wal", ""])
        {
            if (File.Exists($"{_path}{end}")) File.Move($"{_path}{end}", $"{damaged}{end}", overwrite: true);
        }
        File.Delete($"{_path}-shm");
        File.Delete(Note);
        File.Move(salvaged, _path);
        foreach (var old in Directory.GetFiles(directory, "outbox.damaged-*.db").Order(StringComparer.Ordinal).SkipLast(MostDamaged))
            Remove(old);
        return damaged;
    }
}
