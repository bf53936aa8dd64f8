using System.Net;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Disturbances;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>A device at its place in the fleet, with what disturbs it.</summary>
public sealed class FleetDevice
{
    internal FleetDevice(FleetDeviceOptions place, ProfileDevice device, int seed)
    {
        (Place, Device) = (place, device);
        Disturbances = new(device.Profile.Protocol, seed);
    }

    public string Id => Place.Id;

    public FleetDeviceOptions Place { get; }

    public ProfileDevice Device { get; }

    /// <summary>Switched at any time, also while the device is being read.</summary>
    public DisturbanceSwitch Disturbances { get; }

    /// <summary>Where a Modbus device listens, once it does.</summary>
    public IPEndPoint? Endpoint { get; internal set; }

    internal bool IsModbus => Device.Profile.Protocol == DeviceProtocol.Modbus;

    /// <summary>Devices of the same key share a server.</summary>
    internal (int Port, string Gateway) Server => (Place.Port, Place.Port != 0 ? "" : Place.Gateway.Length > 0 ? Place.Gateway : Id);
}
