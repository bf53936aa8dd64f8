using System.Globalization;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// The settings files that were in force, as they were: <c>settings/000007-1a2b3c4d.json</c> in the data directory, by generation and the
/// first digits of the content's SHA-256. The way back from a change that was wrong.
/// </summary>
public sealed class SettingsHistory(string data)
{
    /// <summary>Generations that are kept.</summary>
    public const int Kept = 20;

    private readonly string _directory = Path.Combine(data, "settings");

    /// <summary>Keeps a file that came into force, unless it is what was kept last. Returns its generation.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public int Keep(string path, byte[] content)
    {
        var all = All();
        var hash = SiteSettings.HashOf(content)[..8];
        if (all is [.., var last] && last.Hash == hash) return last.Number;
        Directory.CreateDirectory(_directory);
        var number = all is [.., var latest] ? latest.Number + 1 : 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{number:D6}-{hash}{Path.GetExtension(path)}");
        Write(Path.Combine(_directory, name), content);
        foreach (var old in all.SkipLast(Kept - 1)) File.Delete(old.Path);
        return number;
    }

    /// <summary>Every generation that is kept, oldest first.</summary>
    public IReadOnlyList<SettingsGeneration> All() => !Directory.Exists(_directory)
        ? []
        : [.. Directory.EnumerateFiles(_directory).Select(SettingsGeneration.TryParse).OfType<SettingsGeneration>().OrderBy(g => g.Number)];

    /// <summary>The generation of that number, or, for null, the latest that differs from <paramref name="content"/>.</summary>
    public SettingsGeneration? Find(int? number, byte[] content)
    {
        var hash = SiteSettings.HashOf(content)[..8];
        return All().LastOrDefault(g => number is { } n ? g.Number == n : g.Hash != hash);
    }

    /// <summary>Puts content in the place of a file, all of it or nothing.</summary>
    public static void Write(string path, byte[] content)
    {
        var draft = $"{path}.draft";
        using (var file = File.Create(draft))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
