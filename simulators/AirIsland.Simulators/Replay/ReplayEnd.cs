namespace AirIsland.Simulators.Replay;

/// <summary>What happens after the last row.</summary>
public enum ReplayEnd
{
    /// <summary>The program ends.</summary>
    Stop,

    /// <summary>From the beginning again, one row's distance later, without end.</summary>
    Loop,

    /// <summary>The devices go on showing the last row until the program is stopped.</summary>
    Hold,
}
