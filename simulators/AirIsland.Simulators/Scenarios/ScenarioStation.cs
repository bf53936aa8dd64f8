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

    /// <summary>Rated flow of dryer and filters, m³/min FAD; default: of all machines together.</summary>
    public double? TreatmentM3PerMin { get; init; }

    public double HeaderLeakMm { get; init; }

    public required IReadOnlyList<ScenarioBranch> Branches { get; init; }
}
