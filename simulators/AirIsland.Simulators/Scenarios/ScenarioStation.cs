using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios;

/// <summary>A station of a scenario.</summary>
public sealed record ScenarioStation
{
    public required string Name { get; init; }

    /// <summary><c>before</c> or <c>after</c>: which side of the comparison it is on.</summary>
    public required string Side { get; init; }

    public required IReadOnlyList<ScenarioMachine> Machines { get; init; }

    public double WetReceiverM3 { get; init; } = 10;

    public double DryReceiverM3 { get; init; } = 5;

    public TreatmentSpec Treatment { get; init; } = new();

    public HeatRecoverySpec? HeatRecovery { get; init; }

    public IReadOnlyList<MainSpec> Mains { get; init; } = [];

    public IReadOnlyList<LeakSpec> Leaks { get; init; } = [];

    public required IReadOnlyList<ScenarioBranch> Branches { get; init; }
}
