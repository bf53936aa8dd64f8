namespace AirIsland.Simulators.Devices.Fleet;

/// <summary>Any number of devices of one process, over Modbus, DL/T 645 and MQTT.</summary>
public sealed record FleetOptions
{
    /// <summary>Of everything the disturbances draw by lot. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether the station's own devices are served, too. Default true.</summary>
    public bool Station { get; init; } = true;

    /// <summary>Lines that are no plain Modbus TCP ports.</summary>
    public IReadOnlyList<FleetLineOptions> Lines { get; init; } = [];

    public IReadOnlyList<FleetDeviceOptions> Devices { get; init; } = [];
}
