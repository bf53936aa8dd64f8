using System.Text.RegularExpressions;
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
            .. Same(places, place => place.Id, "id"),
            .. Same(places.Where(p => p.Topic is null), place => (place.Server, place.Unit), "port and unit"),
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
        var isModbus = profile.Protocol == DeviceProtocol.Modbus;
        if (isModbus && place.Topic is not null) yield return $"{profile.Id} speaks Modbus, and has no topic";
        if (!isModbus && place.Topic is null) yield return $"{profile.Id} speaks MQTT, and needs a topic";
        if (place.Topic is { } topic && !Topic().IsMatch(topic))
            yield return $"'{topic}' is no topic: no wildcards + and #, no '$' before, no empty level, at most {LongestTopic} characters";
        if (profile.Protocol == DeviceProtocol.Sparkplug && !(place.Topic?.Split('/') is { Length: 3 } ids && ids.All(SparkplugTopic.IsId)))
            yield return $"{profile.Id} speaks Sparkplug, and '{place.Topic}' is no GROUP/NODE/DEVICE";
        foreach (var mistake in PointCheck.Mistakes(place.Points, profile)) yield return mistake;
        foreach (var mistake in OfDisturbances(place, profile.Protocol)) yield return mistake;
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
