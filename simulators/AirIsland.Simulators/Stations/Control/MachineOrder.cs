namespace AirIsland.Simulators.Stations.Control;

/// <summary>Which machine comes first.</summary>
public enum MachineOrder
{
    /// <summary>The lowest rank; of equal ranks, the first of the station.</summary>
    Given,

    /// <summary>The least running hours; of equal hours, the lowest rank.</summary>
    LeastHours,
}
