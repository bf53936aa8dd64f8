namespace AirIsland.Simulators.Stations.Control;

/// <summary>
/// A station controller as it is delivered. Pressures in MPa gauge, in the header; the bands of a cascade are at the machines, as on
/// their displays.
/// </summary>
public sealed record StationControlSpec
{
    public StationControlMode Mode { get; init; } = StationControlMode.Target;

    /// <summary>What is in force while Remote is wanted and the watchdog has expired. Not Remote.</summary>
    public StationControlMode FallbackMode { get; init; } = StationControlMode.Cascade;

    /// <summary>Remote ends so long after the last sign of life, 1 to 3600 s.</summary>
    public double WatchdogSeconds { get; init; } = 60;

    public MachineOrder Order { get; init; } = MachineOrder.Given;

    /// <summary>Ids of all machines, first to last; null: as the station lists them.</summary>
    public IReadOnlyList<string>? Sequence { get; init; }

    /// <summary>How often the least running hours are looked at again, 60 s to 30 days.</summary>
    public double RedealSeconds { get; init; } = 86_400;

    public double TargetMPa { get; init; } = 0.65;

    /// <summary>0.002 to 0.1.</summary>
    public double VarianceMPa { get; init; } = 0.01;

    /// <summary>A standing machine is started when the pressure was too low for so long, 0 to 600 s.</summary>
    public double StartDelaySeconds { get; init; } = 10;

    /// <summary>A machine is taken off when it was too much for so long, 0 to 3600 s.</summary>
    public double StopDelaySeconds { get; init; } = 60;

    /// <summary>A machine taken off stops after idling so long, if its motor may; null: as the machine's own idle time says.</summary>
    public double? IdleSeconds { get; init; } = 180;

    /// <summary>Load point of the cascade's first machine.</summary>
    public double CascadeLoadMPa { get; init; } = 0.68;

    /// <summary>From load point to unload point, 0.01 to 0.3.</summary>
    public double CascadeBandMPa { get; init; } = 0.06;

    /// <summary>How much lower the next machine's band lies, 0 to 0.1.</summary>
    public double CascadeStepMPa { get; init; } = 0.01;

    /// <summary>Below this pressure every machine that can may load by its own bands, whatever the mode.</summary>
    public double MinimumMPa { get; init; } = 0.52;
}
