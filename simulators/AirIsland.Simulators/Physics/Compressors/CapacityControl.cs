namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>How a machine fits its flow to the demand.</summary>
public enum CapacityControl
{
    /// <summary>The motor stops above the band and starts below it.</summary>
    StartStop,

    /// <summary>The inlet closes above the band and the sump blows down; it opens below the band.</summary>
    LoadUnload,

    /// <summary>The inlet throttles in proportion to the pressure and never unloads.</summary>
    Modulation,

    /// <summary>The inlet throttles down to the unload point; below it the machine unloads.</summary>
    ModulationWithUnloading,

    /// <summary>Spiral or slide valve shortens the rotors down to the unload point; below it the machine unloads.</summary>
    VariableDisplacement,

    /// <summary>Cylinder ends are unloaded one after the other.</summary>
    MultiStep,

    /// <summary>The motor's speed follows the pressure down to the turn-down; below it the machine unloads.</summary>
    VariableSpeed,

    /// <summary>Inlet guide vanes down to the surge line; below it the excess is blown off.</summary>
    GuideVanesWithBlowOff,

    /// <summary>Inlet guide vanes down to the surge line; below it the machine unloads.</summary>
    GuideVanesWithUnloading,
}
