using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fitting;
using AirIsland.Simulators.Devices.Fleet;

namespace AirIsland.Simulators.Scenarios;

/// <summary>A meter on a station of a scenario: what is fitted where, and where it answers when the station is served live.</summary>
public sealed record ScenarioMeter : MeterOptions
{
    /// <summary>TCP port on 127.0.0.1. Devices of one port are told apart by their unit or address; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Modbus: devices that share a free port name the same gateway.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Modbus: unit number.</summary>
    public byte Unit { get; init; } = 1;

    /// <summary>Id of the station's line that it is on, instead of a port. Null: none.</summary>
    public string? Line { get; init; }

    /// <summary>DL/T 645: twelve digits.</summary>
    public string? Address { get; init; }

    /// <summary>MQTT: base topic.</summary>
    public string? Topic { get; init; }

    /// <summary>Its place in a fleet.</summary>
    public FleetDeviceOptions OnWire(ModbusPorts ports)
    {
        ArgumentNullException.ThrowIfNull(ports);
        return new()
        {
            Id = Id,
            Profile = Profile,
            Ratio = Ratio,
            Port = ports.InsteadOf(Port),
            // Who shares a port shares what stands in for it.
            Gateway = Gateway.Length == 0 && Port != 0 ? $"{Port}" : Gateway,
            Unit = Unit,
            Line = Line,
            Address = Address,
            Topic = Topic,
        };
    }
}
