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
    public IReadOnlyList<BenchDevice> List() =>
    [
        .. from device in fleet.Devices
           let isModbus = device.Place.Topic is null
           select new BenchDevice(device.Id, device.Place.Profile)
           {
               Endpoint = device.Endpoint?.ToString(),
               Unit = isModbus ? device.Place.Unit : null,
               Topic = device.Place.Topic,
               Served = device.Device.ServedSamples,
               Disturbed = device.Disturbances.Disturbed,
               Disturbances = device.Disturbances.Counts,
           },
    ];

    /// <summary>The list as JSON, for harnesses in other languages.</summary>
    public string ListAsJson() => JsonSerializer.Serialize(List(), Written);
}
