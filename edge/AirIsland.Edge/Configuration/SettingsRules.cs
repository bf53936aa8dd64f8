using System.Text.RegularExpressions;
using AirIsland.Edge.Drivers.Sparkplug;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Uplink;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Configuration;

/// <summary>
/// What must hold between settings, and between them and the profiles. Every mistake at once: a file is corrected in one go.
/// </summary>
internal static partial class SettingsRules
{
    public static List<string> Mistakes(EdgeOptions options, Dictionary<string, DeviceProfile> profiles)
    {
        var mistakes = Site(options).ToList();
        for (var i = 0; i < options.Endpoints.Count; i++) mistakes.AddRange(Line($"Edge:Endpoints:{i}", options.Endpoints[i]));
        mistakes.AddRange(Twice(options.Endpoints.Select(e => e.Id)).Select(id => $"Edge:Endpoints: id '{id}' is given twice"));
        mistakes.AddRange(AddressesTwice(options.Endpoints));
        var lines = options.Endpoints.Select(e => e.Id).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < options.Devices.Count; i++) mistakes.AddRange(Device($"Edge:Devices:{i}", options.Devices[i], profiles, lines));
        mistakes.AddRange(Twice(options.Devices.Select(d => d.Id)).Select(id => $"Edge:Devices: id '{id}' is given twice"));
        mistakes.AddRange(TagsTwice(options, profiles));
        mistakes.AddRange(TopicsTwice(options.Devices, profiles));
        mistakes.AddRange(Calculated(options, profiles));
        if (options.Devices.Any(d => d.Topic is not null)) mistakes.AddRange(options.Broker.Mistakes("Edge:Broker"));
        mistakes.AddRange(SharedLines(options, profiles));
        mistakes.AddRange(options.Modbus.Mistakes("Edge:Modbus"));
        mistakes.AddRange(options.Sparkplug.Mistakes("Edge:Sparkplug"));
        mistakes.AddRange(options.Dlt645.Mistakes("Edge:Dlt645"));
        mistakes.AddRange(options.Northbound.Mistakes("Edge:Northbound"));
        mistakes.AddRange(options.Pipeline.Mistakes("Edge:Pipeline"));
        mistakes.AddRange(options.Clock.Mistakes("Edge:Clock"));
        mistakes.AddRange(options.Outbox.Mistakes("Edge:Outbox"));
        mistakes.AddRange(options.Uplink.Mistakes("Edge:Uplink"));
        mistakes.AddRange(options.Health.Mistakes("Edge:Health"));
        return mistakes;
    }

    private static IEnumerable<string> Site(EdgeOptions options)
    {
        if (!Name().IsMatch(options.Id)) yield return $"Edge:Id '{options.Id}' is not [a-z0-9-]{{1,32}}";
        if (!Name().IsMatch(options.Station)) yield return $"Edge:Station '{options.Station}' is not [a-z0-9-]{{1,32}}";
        var clouds = options.Cloud.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var mistake in clouds.DefaultIfEmpty("").Select(c => Cloud(c, options.Uplink)).OfType<string>()) yield return mistake;
        if (string.IsNullOrWhiteSpace(options.Data)) yield return "Edge:Data is empty";
        if (options.Devices.Count == 0) yield return "Edge:Devices is empty";
    }

    private static string? Cloud(string address, UplinkOptions uplink)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var cloud) || cloud.Scheme is not ("http" or "https"))
            return $"Edge:Cloud '{address}' is no http or https address";
        if (cloud.Scheme == "https") return null;
        if (!cloud.IsLoopback) return $"Edge:Cloud '{address}' is on another machine: https is wanted";
        return uplink.Tls.IsEmpty ? null : $"Edge:Uplink:Tls has no meaning with '{address}'";
    }

    private static IEnumerable<string> Device(
        string at, DeviceOptions device, Dictionary<string, DeviceProfile> profiles, HashSet<string> lines)
    {
        if (!Name().IsMatch(device.Id)) yield return $"{at}:Id '{device.Id}' is not [a-z0-9-]{{1,32}}";
        if (!Name().IsMatch(device.Asset)) yield return $"{at}:Asset '{device.Asset}' of {device.Id} is not [a-z0-9-]{{1,32}}";
        if (device.Ratio is <= 0 or > 1_000_000) yield return $"{at}:Ratio {device.Ratio} of {device.Id} is not between 0 and 1,000,000";
        if (!profiles.TryGetValue(device.Profile, out var profile)) yield break;
        if (profile.Protocol == DeviceProtocol.Modbus)
        {
            if (IsNoLine(device, lines)) yield return NoLine(at, device);
            if (device.Unit is < 0 or > 255) yield return $"{at}:Unit {device.Unit} of {device.Id} is not between 0 and 255";
            if (device.Topic is not null) yield return $"{at}:Topic of {device.Id} has no meaning: {device.Profile} is a Modbus profile";
        }
        else if (profile.Protocol == DeviceProtocol.Sparkplug)
        {
            if (SparkplugPlace.TryParse(device.Topic) is null)
                yield return $"{at}:Topic '{device.Topic}' of {device.Id} is no GROUP/NODE[/DEVICE], as {device.Profile} wants it";
        }
        else if (profile.Protocol == DeviceProtocol.Dlt645)
        {
            foreach (var mistake in Meter(at, device, lines)) yield return mistake;
        }
        else if (string.IsNullOrWhiteSpace(device.Topic) || device.Topic.AsSpan().IndexOfAny("+#") >= 0)
        {
            yield return $"{at}:Topic '{device.Topic}' of {device.Id} is no topic; {device.Profile} is an MQTT profile";
        }
    }

    private static IEnumerable<string> Line(string at, EndpointOptions line)
    {
        if (!Name().IsMatch(line.Id)) yield return $"{at}:Id '{line.Id}' is not [a-z0-9-]{{1,32}}";
        foreach (var mistake in line.Mistakes(at)) yield return mistake;
    }

    // Two entries for one wire would talk at once on it.
    private static IEnumerable<string> AddressesTwice(IEnumerable<EndpointOptions> lines) =>
        lines.GroupBy(e => e.Address, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
            .Select(g => $"Edge:Endpoints: address '{g.Key}' is given to {string.Join(" and ", g.Select(e => e.Id))}");

    private static IEnumerable<string> Calculated(EdgeOptions options, Dictionary<string, DeviceProfile> profiles)
    {
        if (options.Devices.Any(d => d.Id == CalculationPlan.Device))
            yield return $"Edge:Devices: no device may be called {CalculationPlan.Device}";
        for (var i = 0; i < options.Calculated.Count; i++)
        {
            var (asset, name) = (options.Calculated[i].Asset, options.Calculated[i].Name);
            if (!Name().IsMatch(asset)) yield return $"Edge:Calculated:{i}:Asset '{asset}' is not [a-z0-9-]{{1,32}}";
            if (!Quantity().IsMatch(name)) yield return $"Edge:Calculated:{i}:Name '{name}' is not [port/]Quantity";
        }
        // Of a profile that cannot be read nobody knows the points: a formula that names one is not blamed.
        if (options.Devices.Any(d => !profiles.ContainsKey(d.Profile))) yield break;
        var measured = options.Devices.SelectMany(d =>
            profiles[d.Profile].Points.Where(p => p.Kind != PointKind.Text).Select(p => $"{d.Asset}/{p.Name}"));
        foreach (var mistake in CalculationPlan.Mistakes("Edge:Calculated", options.Calculated, measured.ToHashSet(StringComparer.Ordinal)))
            yield return mistake;
    }

    private static IEnumerable<string> TagsTwice(EdgeOptions options, Dictionary<string, DeviceProfile> profiles)
    {
        var tags = options.Devices.Where(d => profiles.ContainsKey(d.Profile))
            .SelectMany(d => profiles[d.Profile].Points.Select(p => (Tag: $"{options.Station}/{d.Asset}/{p.Name}", Device: d.Id)));
        return tags.GroupBy(t => t.Tag).Where(g => g.Count() > 1)
            .Select(g => $"Edge:Devices: tag '{g.Key}' comes from {string.Join(" and ", g.Select(t => t.Device))}");
    }

    // What the profile adds to a device's topic may make two of different ones the same.
    private static IEnumerable<string> TopicsTwice(IEnumerable<DeviceOptions> devices, Dictionary<string, DeviceProfile> profiles)
    {
        var topics =
            from device in devices
            where device.Topic is not null && profiles.ContainsKey(device.Profile)
            from part in profiles[device.Profile].Points.Select(p => p.TopicPart).Distinct()
            select (Topic: part.Length == 0 ? device.Topic : $"{device.Topic}/{part}", device.Id);
        return topics.GroupBy(t => t.Topic, StringComparer.Ordinal).Where(g => g.Count() > 1)
            .Select(g => (g.Key, Ids: string.Join(" and ", g.Select(t => t.Id)))).DistinctBy(t => t.Ids)
            .Select(t => $"Edge:Devices: topic '{t.Key}' is given to {t.Ids}");
    }

    private static IEnumerable<string> Twice(IEnumerable<string> names) =>
        names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => g.Key);

    [GeneratedRegex("^([a-z0-9-]{1,32}/)?[A-Z][A-Za-z0-9]{0,47}$")]
    private static partial Regex Quantity();

    [GeneratedRegex("^[a-z0-9-]{1,32}$")]
    private static partial Regex Name();
}
