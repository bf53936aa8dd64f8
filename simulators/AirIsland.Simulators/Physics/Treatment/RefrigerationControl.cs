namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>How a refrigerated dryer fits its cooling to the load.</summary>
public enum RefrigerationControl
{
    /// <summary>Runs always; hot gas bypass holds the cold. Power nearly constant.</summary>
    NonCycling,

    /// <summary>Switches its compressor on and off over a cold store. Mean power follows the load.</summary>
    Cycling,

    /// <summary>Turns its compressor slower. Power follows the load.</summary>
    VariableSpeed,
}
