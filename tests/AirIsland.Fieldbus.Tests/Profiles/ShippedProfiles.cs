using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Profiles;

/// <summary>The profiles the edge ships, as copied beside the tests.</summary>
internal static class ShippedProfiles
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "profiles");

    public static IEnumerable<string> Ids => Directory.EnumerateFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f));

    /// <summary>Names of the pages beside the profiles.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Folder, "*.md").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => n != "README");

    public static string Page(string id) => File.ReadAllText(Path.Combine(Folder, id + ".md"));

    public static DeviceProfile Load(string id)
    {
        var file = Path.Combine(Folder, id + ".json");
        using var json = File.OpenRead(file);
        return DeviceProfile.Load(json, file);
    }

    public static ProfilePoint Point(string id, string name) => Load(id).Points.Single(p => p.Name == name);
}
