namespace AirIsland.Simulators.Stations.Control;

/// <summary>Why the mode in force is the one it is. The numbers are those of the controller's register.</summary>
public enum ControlReason
{
    AsWanted = 0,

    /// <summary>Remote is wanted and nobody has given a sign of life for too long.</summary>
    WatchdogExpired = 1,

    /// <summary>The header fell below the minimum pressure: every machine that can may load by its own bands.</summary>
    BelowMinimum = 2,
}
