using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>
/// The devices of one process by their description. It opens no port and sends nothing: <see cref="ModbusFleet"/>,
/// <see cref="MeterFleet"/> and <see cref="Mqtt.MeterSpeaker"/> do.
/// </summary>
public sealed class DeviceFleet
{
    // Apart far enough that neighbours do not draw alike.
    private const int SeedStep = 104729;

    private readonly Dictionary<string, FleetDevice> _byId = [];

    /// <param name="options">The description.</param>
    /// <param name="devices">What answers, by id; more than are described do no harm.</param>
    /// <param name="gate">Held whenever a device is read, so that whoever reads sees one instant.</param>
    /// <param name="meters">What can be made to fail behind a device, by its id; null where there is nothing.</param>
    /// <exception cref="ArgumentException">The description does not fit; lists every mistake.</exception>
    public DeviceFleet(
        FleetOptions options, IReadOnlyDictionary<string, ProfileDevice> devices, Lock gate, Func<string, IFaultable?>? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(devices);
        List<string> mistakes = [.. FleetCheck.Mistakes(options), .. options.Devices.SelectMany(place => MistakesOf(place, devices))];
        if (mistakes.Count > 0) throw new ArgumentException($"the fleet cannot be: {string.Join("; ", mistakes)}", nameof(options));

        Gate = gate;
        Devices =
        [
            .. options.Devices.Select((place, i) => new FleetDevice(
                place, options.Lines.FirstOrDefault(line => line.Id == place.Line), devices[place.Id],
                (meters?.Invoke(place.Id), gate, unchecked(options.Seed + SeedStep * i)))),
        ];
        Lines = options.Lines;
        foreach (var device in Devices) _byId.Add(device.Id, device);
    }

    public Lock Gate { get; }

    public IReadOnlyList<FleetLineOptions> Lines { get; }

    /// <summary>In the order of the description.</summary>
    public IReadOnlyList<FleetDevice> Devices { get; }

    /// <exception cref="ArgumentException">There is no such device.</exception>
    public FleetDevice this[string id] => Find(id) ?? throw new ArgumentException($"there is no device '{id}'", nameof(id));

    /// <summary>A fleet whose devices show what <paramref name="readings"/> gives for their id: engineering values by point name.</summary>
    /// <exception cref="FileNotFoundException">There is no such profile.</exception>
    /// <exception cref="ArgumentException">The description does not fit, or a reading is missing.</exception>
    public static DeviceFleet Make(
        FleetOptions options, Func<string, Func<string, decimal>> readings, Lock gate, Func<string, IFaultable?>? meters = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(readings);
        var profiles = options.Devices.Select(d => d.Profile).Distinct().ToDictionary(id => id, DeviceProfiles.Load);
        var devices = options.Devices.DistinctBy(d => d.Id)
            .ToDictionary(d => d.Id, d => new ProfileDevice(d.Id, profiles[d.Profile], d.Ratio, readings(d.Id)));
        return new(options, devices, gate, meters);
    }

    /// <summary>Null when there is no such device.</summary>
    public FleetDevice? Find(string id) => _byId.GetValueOrDefault(id);

    private static IEnumerable<string> MistakesOf(FleetDeviceOptions place, IReadOnlyDictionary<string, ProfileDevice> devices)
    {
        if (!devices.TryGetValue(place.Id, out var device)) yield return $"{place.Id}: nothing answers for it";
        else if (device.Profile.Id != place.Profile) yield return $"{place.Id}: answers by {device.Profile.Id}, not {place.Profile}";
    }
}
