namespace AirIsland.Simulators.Physics.Consumers;

/// <summary>
/// A company that uses air: when it works, and the machines that take air then. Leaks in its pipes are not here: they belong to the
/// network. JSON-bindable.
/// </summary>
public sealed record ConsumerSpec
{
    public required string Name { get; init; }

    public IReadOnlyList<ShiftSpec> Shifts { get; init; } = [];

    public HolidayPolicy Holidays { get; init; } = HolidayPolicy.AsNoticed;

    public IReadOnlyList<ShutdownSpec> Shutdowns { get; init; } = [];

    public IReadOnlyList<MachineSpec> Machines { get; init; } = [];

    /// <summary>What it takes day and night without a regulator, m³/min at Standard20: instruments, seals, what stays open.</summary>
    public double IdleM3PerMin { get; init; }

    /// <summary>Factor on the machines' flow by month, January first; empty: 1.</summary>
    public IReadOnlyList<double> MonthFactors { get; init; } = [];

    /// <summary>Relative growth of the machines' flow a year, from the station's first day on; 0.05 is 5 % a year.</summary>
    public double GrowthPerYear { get; init; }

    /// <summary>Standard deviation of a day's level, relative, the same for all machines: orders.</summary>
    public double DayVariation { get; init; }

    /// <summary>Standard deviation of the flow within minutes, relative.</summary>
    public double MinuteVariation { get; init; }

    /// <summary>The first day it is a customer; null: from the beginning. Before it takes nothing at all.</summary>
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day it is a customer; null: no end.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>The pressure at which unregulated machines take their stated flow, Pa absolute.</summary>
    public double ReferencePa { get; init; } = 701_325;

    /// <summary>Below this pressure every machine starves: its flow falls in a line to nothing at one atmosphere. Pa absolute.</summary>
    public double StarvingPa { get; init; } = 501_325;

    /// <summary>
    /// What it is to take in the 365 days from the station's first day, as if it were a customer for all of them, m³ at Standard20 at
    /// the reference pressure; every flow is scaled to meet it. Null: the flows are meant as they are.
    /// </summary>
    public double? YearlyM3 { get; init; }
}
