using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Configuration;

/// <content>What devices share on a line.</content>
internal static partial class SettingsRules
{
    private static bool IsNoLine(DeviceOptions device, HashSet<string> lines) =>
        !lines.Contains(device.Endpoint ?? "") && LineAddress.TryParse(device.Endpoint) is not LineAddress.Tcp;

    private static string NoLine(string at, DeviceOptions device) =>
        $"{at}:Endpoint '{device.Endpoint}' of {device.Id} is no host:port and no id of Edge:Endpoints";

    private static IEnumerable<string> Meter(string at, DeviceOptions device, HashSet<string> lines)
    {
        if (IsNoLine(device, lines)) yield return NoLine(at, device);
        if (!MeterAddress.TryParse(device.Address, out var address))
            yield return $"{at}:Address '{device.Address}' of {device.Id} is no meter address: it has twelve digits";
        else if (!address.IsExact)
            yield return $"{at}:Address '{device.Address}' of {device.Id} is a mask: only a search may ask several meters";
        if (device.Topic is not null) yield return $"{at}:Topic of {device.Id} has no meaning: {device.Profile} is a DL/T 645 profile";
    }

    // Each driver opens its lines for itself: two of them on one wire would talk at once.
    private static IEnumerable<string> SharedLines(EdgeOptions options, Dictionary<string, DeviceProfile> profiles)
    {
        var placed = options.Devices.Where(d => d.Endpoint is not null && profiles.ContainsKey(d.Profile)).ToArray();
        foreach (var line in placed.GroupBy(d => d.Endpoint, StringComparer.OrdinalIgnoreCase))
        {
            var spoken = line.Select(d => profiles[d.Profile].Protocol).Distinct().ToArray();
            if (spoken.Length > 1) yield return $"Edge:Devices: on endpoint '{line.Key}' two protocols meet: {string.Join(", ", spoken)}";
            foreach (var meter in line.Where(d => d.Address is not null).GroupBy(d => d.Address).Where(g => g.Skip(1).Any()))
            {
                yield return $"Edge:Devices: meter {meter.Key} on '{line.Key}' is given to {string.Join(" and ", meter.Select(d => d.Id))}";
            }
        }
    }
}
