namespace AirIsland.Simulators.Physics.Compressors;

/// <summary>Why a machine has stopped itself until somebody resets it.</summary>
public enum CompressorTrip
{
    None,

    /// <summary>The element's outlet was above the trip temperature.</summary>
    Temperature,

    /// <summary>Told to, as by an emergency stop or a fault elsewhere in the machine.</summary>
    Command,

    /// <summary>A centrifugal machine stayed beyond its surge line.</summary>
    Surge,
}
