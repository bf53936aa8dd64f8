using AirIsland.Simulators.Devices.Disturbances;
using AirIsland.Simulators.Devices.Fleet.Sources;

namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>One device of a fleet: by which profile it answers, and where.</summary>
public sealed record FleetDeviceOptions
{
    public required string Id { get; init; }

    /// <summary>Id of its device profile.</summary>
    public required string Profile { get; init; }

    /// <summary>PT × CT of its transformers. Default 1.</summary>
    public decimal Ratio { get; init; } = 1;

    /// <summary>Modbus: TCP port on 127.0.0.1. Devices of one port are told apart by their unit; 0 takes a free port.</summary>
    public int Port { get; init; }

    /// <summary>Modbus: devices that share a free port name the same gateway. Empty: a port of its own.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Modbus: unit number. Default 1.</summary>
    public byte Unit { get; init; } = 1;

    /// <summary>MQTT: base topic; levels go to <c>…/level</c>, registers to <c>…/register</c>.</summary>
    public string? Topic { get; init; }

    /// <summary>
    /// What its points show, by name, where no station feeds it. A point that is not named stands at 0, or where its range begins; a
    /// state at its lowest code.
    /// </summary>
    public IReadOnlyDictionary<string, PointOptions> Points { get; init; } = new Dictionary<string, PointOptions>();

    /// <summary>What disturbs it from the start, by name.</summary>
    public IReadOnlyDictionary<string, Disturbance> Disturbances { get; init; } = new Dictionary<string, Disturbance>();

    /// <summary>Devices of the same key share a server.</summary>
    internal (int Port, string Gateway) Server => (Port, Port != 0 ? "" : Gateway.Length > 0 ? Gateway : Id);
}
