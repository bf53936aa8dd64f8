namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What is broken in a desiccant dryer.</summary>
public enum DesiccantFault
{
    None,

    /// <summary>The purge valve blows dry air all the time.</summary>
    PurgeStuckOpen,

    /// <summary>Neither purge nor heat reaches the resting tower; both towers fill and water passes.</summary>
    NoRegeneration,
}
