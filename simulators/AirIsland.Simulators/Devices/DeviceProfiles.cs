using System.Reflection;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices;

/// <summary>The device maps of the edge, carried along so that the simulated devices answer by the very same data.</summary>
public static class DeviceProfiles
{
    private const string Folder = "profiles/";
    private const string Ending = ".json";

    /// <summary>Every profile there is, in order.</summary>
    public static IReadOnlyList<string> Ids { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Ending.Length]).Order(StringComparer.Ordinal),
    ];

    /// <exception cref="FileNotFoundException">There is no profile of that id.</exception>
    public static DeviceProfile Load(string id)
    {
        var name = Folder + id + Ending;
        using var json = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"no device profile '{id}'", name);
        return DeviceProfile.Load(json, name);
    }
}
