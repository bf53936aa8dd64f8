using System.Reflection;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices;

/// <summary>The device maps of the edge, carried along so that the simulated devices answer by the very same data.</summary>
public static class DeviceProfiles
{
    /// <exception cref="FileNotFoundException">There is no profile of that id.</exception>
    public static DeviceProfile Load(string id)
    {
        var name = $"profiles/{id}.json";
        using var json = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"no device profile '{id}'", name);
        return DeviceProfile.Load(json, name);
    }
}
