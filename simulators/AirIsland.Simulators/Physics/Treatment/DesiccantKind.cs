namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>How a desiccant dryer drives the water out of the tower that rests.</summary>
public enum DesiccantKind
{
    /// <summary>Dry product air, expanded to the atmosphere.</summary>
    Heatless,

    /// <summary>Less dry air, through a heater.</summary>
    HeatedPurge,

    /// <summary>Room air by a blower through a heater; dry air only to cool the tower.</summary>
    BlowerPurge,
}
