namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What an aftercooler did in one step.</summary>
/// <param name="OutletKelvin">Temperature of the air that leaves.</param>
/// <param name="OutletHumidityRatio">Its water, droplets that the separator missed included, kg/kg.</param>
/// <param name="CondensateKg">Liquid for the drain in this step.</param>
/// <param name="HeatWatts">Heat given to the coolant, that of condensation included.</param>
public readonly record struct CoolerFlow(double OutletKelvin, double OutletHumidityRatio, double CondensateKg, double HeatWatts);
