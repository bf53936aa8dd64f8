using System.Globalization;

namespace AirIsland.Edge.Configuration;

/// <summary>A settings file that was in force: its number, the first 8 hex digits of its SHA-256, and where it lies.</summary>
public sealed record SettingsGeneration(int Number, string Hash, string Path)
{
    /// <summary>Null when the file's name is not <c>NUMBER-HASH.EXT</c>.</summary>
    public static SettingsGeneration? TryParse(string path)
    {
        var parts = System.IO.Path.GetFileNameWithoutExtension(path).Split('-');
        return parts.Length == 2 && parts[1].Length == 8 && !path.EndsWith(".draft", StringComparison.Ordinal)
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, parts[1], path)
            : null;
    }
}
