using System.Globalization;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Puts the new file in the place of a damaged one, which goes aside: as <c>outbox.damaged-TIME.db</c> when the new one,
/// <c>outbox.salvaged-TIME.db</c>, has all that could be read of it, and as <c>outbox.unmended-TIME.db</c> when that,
/// <c>outbox.begun-TIME.db</c>, has nothing of it. A draft becomes the new file by one rename to that name: before it nothing was done,
/// after it every start goes on with what is left to do.
/// </summary>
internal sealed class SalvageSwap(string directory)
{
    private const int MostDamaged = 3;
    private const int MostNames = 10_000;

    private static readonly (string Fresh, string Aside)[] Names = [("salvaged", "damaged"), ("begun", "unmended")];

    private readonly string _path = Path.Combine(directory, OutboxStore.FileName);

    /// <summary>Where the new file is made.</summary>
    public string Draft { get; } = Path.Combine(directory, "outbox.salvage.db");

    /// <summary>The note that the file was found damaged.</summary>
    public string Note { get; } = Path.Combine(directory, "outbox.suspect");

    /// <summary>Files that were set aside with all that they hold.</summary>
    public IEnumerable<string> Unmended => All("unmended");

    /// <summary>Does what a kill left undone. Where the damaged file went; null when there was nothing to do.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public string? Resume()
    {
        Remove(Draft);
        foreach (var (fresh, aside) in Names)
        {
            if (All(fresh).FirstOrDefault() is not { } file) continue;
            return Swap(file, Named(aside, Path.GetFileNameWithoutExtension(file)[$"outbox.{fresh}-".Length..]));
        }
        return null;
    }

    /// <summary>
    /// Takes the draft, whole and closed, for the file. Where the damaged one went, of which the last three are kept; all of those that
    /// still hold what waits (<paramref name="isMended"/> false).
    /// </summary>
    /// <exception cref="IOException">The directory cannot be written, or the draft is not whole.</exception>
    public string Adopt(DateTimeOffset now, bool isMended)
    {
        // What is still in its WAL would stay behind.
        if (new FileInfo($"{Draft}-wal") is { Exists: true, Length: > 0 }) throw new IOException("the new file could not be completed");
        var (fresh, aside) = Names[isMended ? 0 : 1];
        var time = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        // A machine without a clock of its own may begin at the same second each time.
        var name = Enumerable.Range(1, MostNames).Select(n => n == 1 ? time : $"{time}-{n}").First(n => !File.Exists(Named(aside, n)));
        File.Move(Draft, Named(fresh, name));
        return Swap(Named(fresh, name), Named(aside, name));
    }

    /// <summary>A database with all that belongs to it.</summary>
    public static void Remove(string path)
    {
        foreach (var end in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"]) File.Delete($"{path}{end}");
    }

    private string Named(string what, string name) => Path.Combine(directory, $"outbox.{what}-{name}.db");

    private IEnumerable<string> All(string what) => Directory.GetFiles(directory, $"outbox.{what}-*.db").Order(StringComparer.Ordinal);

    private string Swap(string fresh, string aside)
    {
        // Its WAL first: left behind, it would be taken for that of the new file.
        foreach (var end in (ReadOnlySpan<string>)["-wal", ""])
        {
            if (File.Exists($"{_path}{end}")) File.Move($"{_path}{end}", $"{aside}{end}", overwrite: true);
        }
        File.Delete($"{_path}-shm");
        File.Delete(Note);
        File.Move(fresh, _path);
        foreach (var old in All("damaged").SkipLast(MostDamaged)) Remove(old);
        return aside;
    }
}
