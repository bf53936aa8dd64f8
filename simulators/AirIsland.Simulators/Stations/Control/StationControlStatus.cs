namespace AirIsland.Simulators.Stations.Control;

/// <summary>What a controller decided in the last step, and why. Pressures in MPa gauge.</summary>
public readonly record struct StationControlStatus
{
    public StationControlMode Wanted { get; init; }

    /// <summary>In force; with <see cref="ControlReason.BelowMinimum"/> every machine works by its own bands: Local.</summary>
    public StationControlMode Mode { get; init; }

    public ControlReason Reason { get; init; }

    public double HeaderMPa { get; init; }

    /// <summary>Machines that may be used at all: in service, not tripped, with mains, and their motor may start.</summary>
    public int Available { get; init; }

    /// <summary>Machines whose motor turns.</summary>
    public int Running { get; init; }

    /// <summary>Machines that deliver.</summary>
    public int Loaded { get; init; }

    /// <summary>Target: machines that shall deliver; 0 in other modes.</summary>
    public int OnDuty { get; init; }

    /// <summary>Target: share of the rated flow told to every trimming machine; 0 in other modes.</summary>
    public double TrimShare { get; init; }

    /// <summary>How often the watchdog has ended Remote.</summary>
    public long Fallbacks { get; init; }

    /// <summary>How often the header fell below the minimum pressure.</summary>
    public long MinimumAlarms { get; init; }

    /// <summary>Until the watchdog expires, s; 0 when it has.</summary>
    public double WatchdogLeftSeconds { get; init; }
}
