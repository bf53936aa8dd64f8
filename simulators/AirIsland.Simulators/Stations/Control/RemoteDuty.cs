namespace AirIsland.Simulators.Stations.Control;

/// <summary>What a machine is told in Remote. The numbers are those of the controller's register.</summary>
public enum RemoteDuty
{
    /// <summary>Unload, stop and stay stopped.</summary>
    Off = 0,

    /// <summary>Deliver a share of the rated flow; 0 idles.</summary>
    Share = 1,

    /// <summary>Keep a pressure of its own, with the station's variance as its band.</summary>
    Target = 2,

    /// <summary>Work by its own bands.</summary>
    OwnBands = 3,
}
