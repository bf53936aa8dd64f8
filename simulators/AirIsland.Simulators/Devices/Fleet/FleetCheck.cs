using System.Text.RegularExpressions;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Sparkplug;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet.Sources;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>What cannot be in the description of a fleet, one line a mistake.</summary>
internal static partial class FleetCheck
{
    // Chosen: ten times of what is asked for; beyond it ports and sockets run out.
    private const int MostDevices = 5_000;
    private const decimal LargestRatio = 1_000_000;
    private const int LongestTopic = 200;

    public const string Names = "1 to 64 letters, digits, '-', '_' or '.'";

    public static IReadOnlyList<string> Mistakes(FleetOptions options)
    {
        if (options.Devices.Count > MostDevices) return [$"{options.Devices.Count} devices, {MostDevices} are the limit"];
        var places = options.Devices;
        var profiles = places.Select(place => place.Profile).Distinct().Where(DeviceProfiles.Ids.Contains)
            .ToDictionary(id => id, DeviceProfiles.Load);
        return
        [
            .. places.SelectMany((place, i) =>
                OfPlace(place, profiles.GetValueOrDefault(place.Profile ?? "")).Select(mistake => $"{NameOf(place, i)}: {mistake}")),
            .. options.Lines.SelectMany(line => line.Mistakes().Select(mistake => $"line {line.Id}: {mistake}")),
            .. options.Lines.GroupBy(line => line.Id).Where(same => same.Skip(1).Any()).Select(same => $"line {same.Key} is given twice"),
            .. OfLines(options, profiles),
            .. Same(places, place => place.Id, "id"),
            .. Same(places.Where(p => p.Topic is null && p.Address is null), place => (place.Server, place.Unit), "port and unit"),
            .. Same(places.Where(p => p.Address is not null), place => (place.Server, place.Address), "line and address"),
            .. Same(places.Where(p => p.Topic is not null), place => place.Topic, "topic"),
        ];
    }

    /// <summary>Whether that is a name for a device, or for what is set on one.</summary>
    public static bool IsName(string? text) => Name().IsMatch(text ?? "");

    private static string NameOf(FleetDeviceOptions place, int index) =>
        string.IsNullOrEmpty(place.Id) ? $"device number {index + 1}" : place.Id;

    private static IEnumerable<string> OfPlace(FleetDeviceOptions place, DeviceProfile? profile)
    {
        if (!IsName(place.Id)) yield return $"an id is {Names}";
        if (place.Ratio is <= 0 or > LargestRatio) yield return $"a ratio is above 0 and at most {LargestRatio}";
        if (place.Port is < 0 or > 65535) yield return $"port {place.Port} is none";
        if (profile is null)
        {
            yield return $"there is no profile '{place.Profile}' (there are {string.Join(", ", DeviceProfiles.Ids)})";
            yield break;
        }
        var protocol = profile.Protocol;
        if (protocol == DeviceProtocol.Modbus && place.Topic is not null) yield return $"{profile.Id} speaks Modbus, and has no topic";
        if (protocol == DeviceProtocol.MqttJson && place.Topic is null) yield return $"{profile.Id} speaks MQTT, and needs a topic";
        if (protocol == DeviceProtocol.Dlt645 && place.Topic is not null) yield return $"{profile.Id} speaks DL/T 645, and has no topic";
        if (protocol == DeviceProtocol.Dlt645 && !(MeterAddress.TryParse(place.Address, out var address) && address.IsExact))
            yield return $"'{place.Address}' is no address of twelve digits";
        if (protocol != DeviceProtocol.Dlt645 && place.Address is not null) yield return "only meters of DL/T 645 have an address";
        if (place.Topic is { } topic && !Topic().IsMatch(topic))
            yield return $"'{topic}' is no topic: no wildcards + and #, no '$' before, no empty level, at most {LongestTopic} characters";
        if (profile.Protocol == DeviceProtocol.Sparkplug && !(place.Topic?.Split('/') is { Length: 3 } ids && ids.All(SparkplugTopic.IsId)))
            yield return $"{profile.Id} speaks Sparkplug, and '{place.Topic}' is no GROUP/NODE/DEVICE";
        foreach (var mistake in PointCheck.Mistakes(place.Points, profile)) yield return mistake;
        foreach (var mistake in OfDisturbances(place, profile.Protocol)) yield return mistake;
    }

    private static IEnumerable<string> OfLines(FleetOptions options, Dictionary<string, DeviceProfile> profiles)
    {
        var lines = options.Lines.Select(line => line.Id).ToHashSet();
        foreach (var place in options.Devices.Where(place => place.Line is not null))
        {
            if (!lines.Contains(place.Line ?? "")) yield return $"{place.Id}: there is no line '{place.Line}'";
            if (place.Port != 0 || place.Gateway.Length > 0 || place.Topic is not null)
                yield return $"{place.Id}: it is on line {place.Line}, and has no port, gateway or topic";
        }
        var wired = options.Devices.Where(place => place.Topic is null && profiles.ContainsKey(place.Profile));
        foreach (var shared in wired.GroupBy(place => place.Server))
        {
            if (shared.Select(place => profiles[place.Profile].Protocol).Distinct().Skip(1).Any())
                yield return $"{string.Join(" and ", shared.Select(place => place.Id))} share a line and speak differently";
        }
    }

    private static IEnumerable<string> OfDisturbances(FleetDeviceOptions place, DeviceProtocol protocol)
    {
        if (place.Disturbances.Count > DisturbanceSwitch.MostAtOnce) yield return $"more than {DisturbanceSwitch.MostAtOnce} disturbances";
        foreach (var (name, disturbance) in place.Disturbances)
        {
            if (!IsName(name)) yield return $"disturbance {name}: a name is {Names}";
            if (DisturbanceSwitch.MistakeOf(protocol, disturbance) is { } mistake) yield return $"disturbance {name}: {mistake}";
        }
    }

    private static IEnumerable<string> Same<TKey>(
        IEnumerable<FleetDeviceOptions> places, Func<FleetDeviceOptions, TKey> key, string what) =>
        from same in places.GroupBy(key)
        where same.Key is not null && same.Skip(1).Any()
        select $"{string.Join(" and ", same.Select(place => place.Id))} have the same {what}";

    [GeneratedRegex(@"^[\w.-]{1,64}\z", RegexOptions.ECMAScript)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?!\$)(?=.{1,200}\z)[^+#/\p{C}]+(/[^+#/\p{C}]+)*\z")]
    private static partial Regex Topic();
}
