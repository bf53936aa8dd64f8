using System.Net;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>A device at its place in the fleet, with what disturbs it and the meter behind it.</summary>
public sealed class FleetDevice
{
    private readonly Lock _gate;

    internal FleetDevice(
        FleetDeviceOptions place, FleetLineOptions? line, ProfileDevice device, (IFaultable? Meter, Lock Gate, int Seed) behind)
    {
        (Place, Line, Device, Meter, _gate) = (place, line, device, behind.Meter, behind.Gate);
        var seed = behind.Seed;
        Disturbances = new(device.Profile.Protocol, seed);
        foreach (var (name, disturbance) in place.Disturbances) Disturbances.Set(name, disturbance);
    }

    public string Id => Place.Id;

    public FleetDeviceOptions Place { get; }

    /// <summary>The line that it is on; null: a port of Modbus TCP or of DL/T 645, or a topic.</summary>
    public FleetLineOptions? Line { get; }

    public ProfileDevice Device { get; }

    /// <summary>Switched at any time, also while the device is being read.</summary>
    public DisturbanceSwitch Disturbances { get; }

    /// <summary>What can be made to fail behind it, under the fleet's gate; null when there is nothing.</summary>
    public IFaultable? Meter { get; }

    /// <summary>Where it listens on TCP, once it does.</summary>
    public IPEndPoint? Endpoint { get; internal set; }

    /// <summary>What the faults of its meter make now of all that it sends.</summary>
    internal Transmission Sends
    {
        get
        {
            if (Meter is null) return Transmission.InOrder;
            lock (_gate) return Meter.Transmission;
        }
    }

    internal bool IsModbus => Speaks(DeviceProtocol.Modbus);

    internal bool Speaks(DeviceProtocol protocol) => Device.Profile.Protocol == protocol;
}
