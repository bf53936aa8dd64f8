namespace AirIsland.Simulators.Scenarios;

/// <summary>Machines of one kind in a scenario. What is not given is the catalogue's.</summary>
public sealed record ScenarioMachine
{
    /// <summary>Id of a machine in the catalogue: <c>two-stage-load-unload</c>.</summary>
    public required string Kind { get; init; }

    public int Count { get; init; } = 1;

    /// <summary>Its id in the station; of several, what stands before their numbers. Default: the kind with a number.</summary>
    public string? Id { get; init; }

    /// <summary>Rated flow, m³/min FAD.</summary>
    public double? FlowM3PerMin { get; init; }

    /// <summary>Rated specific power of the package at 0.7 MPa, kW/(m³/min).</summary>
    public double? SpecificPower { get; init; }

    /// <summary>Loads below, MPa gauge.</summary>
    public required double LoadMPa { get; init; }

    /// <summary>Unloads above, MPa gauge.</summary>
    public required double UnloadMPa { get; init; }

    /// <summary>What a variable speed holds, MPa gauge.</summary>
    public double? TargetMPa { get; init; }

    /// <summary>How much lower the bands of each further machine lie: a cascade, MPa.</summary>
    public double CascadeMPa { get; init; } = 0.01;

    /// <summary>Lowest speed of a variable speed, as a share of full speed.</summary>
    public double? TurnDownShare { get; init; }

    /// <summary>How long it idles before it stops, s.</summary>
    public double? IdleSeconds { get; init; }

    /// <summary>Share of the rated flow lost by wear.</summary>
    public double CapacityLoss { get; init; }

    /// <summary>Share of the power gained by wear.</summary>
    public double PowerGain { get; init; }
}
