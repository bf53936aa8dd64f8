using System.Text.Json;
using System.Text.Json.Serialization;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Devices;

/// <summary>What a person with a notebook in front of the devices sees: displays and counters, without asking over a wire.</summary>
public sealed class DeviceBench(DeviceFleet fleet)
{
    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public IEnumerable<string> Devices => fleet.Devices.Select(device => device.Id);

    /// <summary>Samples handed out by all devices.</summary>
    public long ServedSamples => fleet.Devices.Sum(device => device.Device.ServedSamples);

    /// <summary>Samples handed out by one device.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public long ServedBy(string deviceId) => fleet[deviceId].Device.ServedSamples;

    /// <summary>What the device shows now, in engineering units, to its last digit. Not counted as served.</summary>
    /// <exception cref="ArgumentException">There is no such device or point.</exception>
    public decimal Register(string deviceId, string point)
    {
        lock (fleet.Gate) return fleet[deviceId].Device.Shows(point);
    }

    /// <summary>All devices, in the order of their description.</summary>
    public IReadOnlyList<BenchDevice> List() => [.. fleet.Devices.Select(Describe)];

    /// <summary>One device.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public BenchDevice Describe(string deviceId) => Describe(fleet[deviceId]);

    /// <summary>All that a device shows now, by point. Of one instant of the plant; not counted as served.</summary>
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public IReadOnlyDictionary<string, decimal> Shows(string deviceId)
    {
        var device = fleet[deviceId].Device;
        lock (fleet.Gate) return device.Points.ToDictionary(point => point.Name, point => device.Shows(point.Name));
    }

    /// <summary>The list as JSON, for harnesses in other languages.</summary>
    public string ListAsJson() => JsonSerializer.Serialize(List(), Written);

    private BenchDevice Describe(FleetDevice device)
    {
        // What is over is read first: never more than what was asked.
        var (answered, failed) = (device.Device.Traffic.Answered, device.Device.Traffic.Failed);
        return new(device.Id, device.Place.Profile)
        {
            Endpoint = device.Line?.Place ?? device.Endpoint?.ToString(),
            Address = device.Place.Address,
            Unit = device.IsModbus ? device.Place.Unit : null,
            Topic = device.Place.Topic,
            Served = device.Device.ServedSamples,
            Asked = device.Device.Traffic.Asked,
            Answered = answered,
            Failed = failed,
            Disturbed = device.Disturbances.Disturbed,
            Disturbances = device.Disturbances.Counts,
            Faults = FaultsOf(device),
        };
    }

    private List<string>? FaultsOf(FleetDevice device)
    {
        if (device.Meter is null) return null;
        lock (fleet.Gate) return [.. device.Meter.Faults.Select(fault => fault.Name)];
    }
}
