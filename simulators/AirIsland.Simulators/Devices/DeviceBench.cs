namespace AirIsland.Simulators.Devices;

/// <summary>What a person with a notebook in front of the devices sees: displays and counters, without asking over a wire.</summary>
public sealed class DeviceBench(MeteredPlant plant)
{
    public IEnumerable<string> Devices => plant.Devices.Keys;

    /// <summary>Samples handed out by all devices.</summary>
    public long ServedSamples => plant.Devices.Values.Sum(device => device.ServedSamples);

    /// <summary>Samples handed out by one device.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public long ServedBy(string deviceId) => Device(deviceId).ServedSamples;

    /// <summary>What the device shows now, in engineering units, to its last digit. Not counted as served.</summary>
    /// <exception cref="ArgumentException">There is no such device or point.</exception>
    public decimal Register(string deviceId, string point)
    {
        lock (plant.Gate) return Device(deviceId).Shows(point);
    }

    private ProfileDevice Device(string id) =>
        plant.Devices.TryGetValue(id, out var device) ? device : throw new ArgumentException($"there is no device '{id}'", nameof(id));
}
