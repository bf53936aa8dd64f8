namespace AirIsland.Simulators.Replay;

/// <summary>Which instant an MQTT message carries.</summary>
public enum ReplayStamp
{
    /// <summary>The row's distance from the first one after the clock's instant at the start; never goes back, also in a loop.</summary>
    Shifted,

    /// <summary>The row's own; goes back when a loop begins again.</summary>
    Original,

    /// <summary>The clock's when the row is given: what a gateway without memory would send.</summary>
    Now,
}
