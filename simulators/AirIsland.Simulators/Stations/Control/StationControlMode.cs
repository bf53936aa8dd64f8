namespace AirIsland.Simulators.Stations.Control;

/// <summary>Who decides which machines deliver. The numbers are those of the controller's register.</summary>
public enum StationControlMode
{
    /// <summary>Each machine works by its own bands.</summary>
    Local = 0,

    /// <summary>A ladder of load and unload bands, dealt out to the machines in their order.</summary>
    Cascade = 1,

    /// <summary>One pressure for all: fixed machines as base, variable ones trim.</summary>
    Target = 2,

    /// <summary>Each machine does what it is told from outside.</summary>
    Remote = 3,
}
