using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Stations;
using AirIsland.Simulators.Stations.Control;

namespace AirIsland.Simulators.Scenarios;

/// <summary>A station of a scenario.</summary>
public sealed record ScenarioStation
{
    public required string Name { get; init; }

    /// <summary><c>before</c> or <c>after</c>: which side of the comparison it is on; empty: nothing is compared.</summary>
    public string Side { get; init; } = "";

    public required IReadOnlyList<ScenarioMachine> Machines { get; init; }

    public double WetReceiverM3 { get; init; } = 10;

    public double DryReceiverM3 { get; init; } = 5;

    public TreatmentSpec Treatment { get; init; } = new();

    public HeatRecoverySpec? HeatRecovery { get; init; }

    /// <summary>The station controller; null: each machine works by its own bands.</summary>
    public StationControlSpec? Control { get; init; }

    public IReadOnlyList<MainSpec> Mains { get; init; } = [];

    public IReadOnlyList<LeakSpec> Leaks { get; init; } = [];

    public required IReadOnlyList<ScenarioBranch> Branches { get; init; }

    /// <summary>Lines with meters on them that are no plain Modbus TCP ports.</summary>
    public IReadOnlyList<FleetLineOptions> Lines { get; init; } = [];

    /// <summary>What is fitted where, and where it answers.</summary>
    public IReadOnlyList<ScenarioMeter> Meters { get; init; } = [];
}
