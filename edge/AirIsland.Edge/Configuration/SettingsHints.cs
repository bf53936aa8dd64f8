using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Configuration;

/// <summary>What is allowed and yet mostly not meant: the verb <c>check</c> says it, nothing is refused for it.</summary>
internal static class SettingsHints
{
    public static IEnumerable<string> Of(SiteSettings settings)
    {
        foreach (var (i, device) in settings.Options.Devices.Index())
        {
            if (settings.Profiles[device.Profile].Protocol == DeviceProtocol.Modbus && device.Unit is 0 or 255)
                yield return $"Edge:Devices:{i}:Unit {device.Unit} of {device.Id}: {Unit(device)}";
        }
    }

    private static string Unit(DeviceOptions device) => device.Unit == 0
        ? "on a bus 0 is a broadcast that nobody answers; a Modbus TCP device that has no units mostly wants 1 or 255"
        : "255 means the Modbus TCP device itself; behind a gateway no unit has it";
}
