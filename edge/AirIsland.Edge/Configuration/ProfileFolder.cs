using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Configuration;

/// <summary>The directory of device profiles, one JSON file each.</summary>
internal static class ProfileFolder
{
    /// <summary>The profiles that are there, by path.</summary>
    public static IEnumerable<string> Files(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.json").Order(StringComparer.Ordinal) : [];

    /// <summary>The profiles of those names; what is wrong with the others is added to <paramref name="mistakes"/>.</summary>
    public static Dictionary<string, DeviceProfile> Load(string directory, IEnumerable<string> names, List<string> mistakes)
    {
        var profiles = new Dictionary<string, DeviceProfile>(StringComparer.Ordinal);
        foreach (var name in names.Distinct().Order(StringComparer.Ordinal))
        {
            try
            {
                using var json = File.OpenRead(Path.Combine(directory, $"{name}.json"));
                profiles.Add(name, DeviceProfile.Load(json, $"{name}.json"));
            }
            catch (ProfileException e)
            {
                mistakes.AddRange(e.Mistakes.Select(m => $"profile {e.Origin}: {m}"));
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                mistakes.Add($"profile '{name}' is not in {directory}{Near(directory, name)}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                // The last for a name that no file can have.
                mistakes.Add($"profile '{name}' in {directory} cannot be read: {e.Message}");
            }
        }
        return profiles;
    }

    // One map often speaks for several devices of a maker: who asks for mam6070 wants mam6080.
    private static string Near(string directory, string name)
    {
        if (name.Length < 3) return "";
        var near = Files(directory).Select(Path.GetFileNameWithoutExtension).Where(f => f!.StartsWith(name[..3], StringComparison.Ordinal));
        return string.Join(", ", near) is { Length: > 0 } names ? $"; there is {names}" : "";
    }
}
