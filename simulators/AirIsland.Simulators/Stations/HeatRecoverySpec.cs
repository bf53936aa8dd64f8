namespace AirIsland.Simulators.Stations;

/// <summary>A water circuit that takes heat from the compressors' oil for a user.</summary>
public sealed record HeatRecoverySpec
{
    /// <summary>The most that its exchanger moves, kW.</summary>
    public required double CapacityKW { get; init; }

    /// <summary>What the user takes, kW.</summary>
    public required double DemandKW { get; init; }

    /// <summary>Water to the user.</summary>
    public double SupplyCelsius { get; init; } = 65;

    /// <summary>Water from the user, below the supply.</summary>
    public double ReturnCelsius { get; init; } = 45;

    /// <summary>Pump at full flow, kW. Default: 1 % of the capacity (chosen).</summary>
    public double? PumpKW { get; init; }
}
