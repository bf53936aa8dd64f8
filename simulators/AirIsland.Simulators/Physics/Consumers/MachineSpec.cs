namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>
/// Machines of one kind. Each starts somewhere after the shift begins, warms up, then takes air in cycles, and stops somewhere before
/// the shift ends. JSON-bindable.
/// </summary>
public sealed record MachineSpec
{
    public string Name { get; init; } = "";

    /// <summary>How many there are; each has its own starts.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Hours of its own, instead of the company's; empty: the company's.</summary>
    public IReadOnlyList<ShiftSpec> Shifts { get; init; } = [];

    /// <summary>What one takes while it runs, m³/min at Standard20; unregulated ones at the company's reference pressure.</summary>
    public double FlowM3PerMin { get; init; }

    /// <summary>Whether a regulator before it keeps the flow; without one the flow follows the pressure (artificial demand).</summary>
    public bool Regulated { get; init; } = true;

    /// <summary>Share of the cycle in which it takes air, above 0 to 1.</summary>
    public double Duty { get; init; } = 1;

    /// <summary>Length of its cycle, whole seconds; without meaning at duty 1.</summary>
    public int CycleSeconds { get; init; } = 60;

    /// <summary>Part of its flow that it takes in the rest of the cycle, 0 to 1.</summary>
    public double IdleShare { get; init; }

    /// <summary>Minutes within which it starts after the shift begins, and stops before it ends.</summary>
    public double SpreadMinutes { get; init; }

    /// <summary>Minutes from its start until it works.</summary>
    public double WarmUpMinutes { get; init; }

    /// <summary>Part of its flow that it takes while it warms up, 0 to 1.</summary>
    public double WarmUpShare { get; init; }

    /// <summary>Probability that it is needed in a shift, 0 to 1.</summary>
    public double Availability { get; init; } = 1;
}
