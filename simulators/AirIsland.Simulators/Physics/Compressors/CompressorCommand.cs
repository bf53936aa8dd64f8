namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>
/// What a machine is told from outside in one step. Without the optional parts its own controller works by the bands of the spec, as
/// real machines do. Set points are gauge pressures in MPa, as on the controller's display.
/// </summary>
public readonly record struct CompressorCommand
{
    /// <summary>The machine may run and load by its own bands.</summary>
    public static CompressorCommand Auto => new() { IsEnabled = true };

    /// <summary>The machine unloads, stops and stays stopped.</summary>
    public static CompressorCommand Off => default;

    public bool IsEnabled { get; init; }

    /// <summary>No mains: the motor is dead at once, without a trip.</summary>
    public bool IsWithoutMains { get; init; }

    /// <summary>Emergency stop.</summary>
    public bool IsTripped { get; init; }

    /// <summary>Clears a trip.</summary>
    public bool ResetsTrip { get; init; }

    /// <summary>Share of the rated flow wanted by a station controller, 0 = unload. The machine keeps only its maximum pressure.</summary>
    public double? CapacityShare { get; init; }

    public double? LoadBelowMPa { get; init; }

    public double? UnloadAboveMPa { get; init; }

    public double? TargetMPa { get; init; }
}
