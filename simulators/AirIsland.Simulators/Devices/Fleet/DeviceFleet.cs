using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// The devices of one process by their description. It opens no port and sends nothing: <see cref="ModbusFleet"/> and
/// <see cref="Mqtt.MeterSpeaker"/> do.
/// </summary>
public sealed class DeviceFleet
{
    // Apart far enough that neighbours do not draw alike.
    private const int SeedStep = 104729;

    private readonly Dictionary<string, FleetDevice> _byId = [];

    /// <param name="options">The description.</param>
    /// <param name="devices">What answers, by id; more than are described do no harm.</param>
    /// <param name="gate">Held whenever a device is read, so that whoever reads sees one instant.</param>
    /// <exception cref="ArgumentException">The description does not fit; lists every mistake.</exception>
    public DeviceFleet(FleetOptions options, IReadOnlyDictionary<string, ProfileDevice> devices, Lock gate)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(devices);
        var mistakes = options.Devices.SelectMany(place => MistakesOf(place, devices)).ToList();
        if (mistakes.Count > 0) throw Misdescribed(mistakes);

        Gate = gate;
        Devices =
        [
            .. options.Devices.Select((place, i) => new FleetDevice(place, devices[place.Id], unchecked(options.Seed + SeedStep * i))),
        ];
        mistakes.AddRange(Twice(Devices, device => device.Id, "id"));
        mistakes.AddRange(Twice(Devices.Where(d => d.IsModbus), device => (device.Server, device.Place.Unit), "port and unit"));
        mistakes.AddRange(Twice(Devices.Where(d => !d.IsModbus), device => device.Place.Topic, "topic"));
        if (mistakes.Count > 0) throw Misdescribed(mistakes);
        foreach (var device in Devices) _byId.Add(device.Id, device);
    }

    public Lock Gate { get; }

    /// <summary>In the order of the description.</summary>
    public IReadOnlyList<FleetDevice> Devices { get; }

    /// <exception cref="ArgumentException">There is no such device.</exception>
    public FleetDevice this[string id] =>
        _byId.TryGetValue(id, out var device) ? device : throw new ArgumentException($"there is no device '{id}'", nameof(id));

    /// <summary>A fleet whose devices show what <paramref name="readings"/> gives for their id: engineering values by point name.</summary>
    /// <exception cref="FileNotFoundException">There is no such profile.</exception>
    /// <exception cref="ArgumentException">The description does not fit, or a reading is missing.</exception>
    public static DeviceFleet Make(FleetOptions options, Func<string, Func<string, decimal>> readings, Lock gate)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(readings);
        var profiles = options.Devices.Select(d => d.Profile).Distinct().ToDictionary(id => id, DeviceProfiles.Load);
        var devices = options.Devices.DistinctBy(d => d.Id)
            .ToDictionary(d => d.Id, d => new ProfileDevice(d.Id, profiles[d.Profile], d.Ratio, readings(d.Id)));
        return new(options, devices, gate);
    }

    private static IEnumerable<string> MistakesOf(FleetDeviceOptions place, IReadOnlyDictionary<string, ProfileDevice> devices)
    {
        if (!devices.TryGetValue(place.Id, out var device))
        {
            yield return $"{place.Id}: nothing answers for it";
            yield break;
        }
        if (device.Profile.Id != place.Profile) yield return $"{place.Id}: answers by {device.Profile.Id}, not {place.Profile}";
        var isModbus = device.Profile.Protocol == DeviceProtocol.Modbus;
        if (isModbus != (place.Topic is null)) yield return $"{place.Id}: a topic belongs to MQTT devices, and to each of them";
        if (place.Port is < 0 or > 65535) yield return $"{place.Id}: port {place.Port} is none";
    }

    private static IEnumerable<string> Twice<TKey>(IEnumerable<FleetDevice> devices, Func<FleetDevice, TKey> key, string what) =>
        from same in devices.GroupBy(key)
        where same.Skip(1).Any()
        select $"{string.Join(" and ", same.Select(device => device.Id))} have the same {what}";

    private static ArgumentException Misdescribed(IEnumerable<string> mistakes) =>
        new($"the fleet cannot be: {string.Join("; ", mistakes)}");
}
