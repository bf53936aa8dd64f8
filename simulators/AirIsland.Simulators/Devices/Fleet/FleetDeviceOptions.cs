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

    /// <summary>
    /// TCP port on 127.0.0.1: Modbus TCP, or DL/T 645 as a gateway passes it through. Devices of one port are told apart by their unit or
    /// address; 0 takes a free port.
    /// </summary>
    public int Port { get; init; }

    /// <summary>Devices that share a free port name the same gateway. Empty: a port of its own.</summary>
    public string Gateway { get; init; } = "";

    /// <summary>Modbus: unit number. Default 1.</summary>
    public byte Unit { get; init; } = 1;

    /// <summary>Id of the line that it is on, instead of a port. Null: none.</summary>
    public string? Line { get; init; }

    /// <summary>DL/T 645: twelve digits.</summary>
    public string? Address { get; init; }

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
    internal (string? Line, int Port, string Gateway) Server =>
        Line is null ? (null, Port, Port != 0 ? "" : Gateway.Length > 0 ? Gateway : Id) : (Line, 0, "");
}
