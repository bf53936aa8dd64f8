namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What is broken in a drain.</summary>
public enum DrainFault
{
    None,

    /// <summary>Blows all the time: a leak of its orifice.</summary>
    StuckOpen,

    /// <summary>Never opens: fills up, then water goes on with the air.</summary>
    StuckClosed,
}
