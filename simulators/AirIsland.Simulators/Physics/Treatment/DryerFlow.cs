namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What a dryer did in one step.</summary>
/// <param name="OutletKgPerSecond">Dry air that leaves it for the users: inflow − purge.</param>
/// <param name="OutletHumidityRatio">Water in that air, kg/kg.</param>
/// <param name="OutletKelvin">Temperature of that air.</param>
/// <param name="DewPointKelvin">Pressure dew point of that air, at the inlet pressure.</param>
/// <param name="PurgeKgPerSecond">Dry air blown off for regeneration; it carries the outlet's humidity ratio out of the product.</param>
/// <param name="CondensateKg">Liquid water for the drain in this step.</param>
/// <param name="ExhaustedWaterKg">Water that left with the exhaust of the regeneration in this step, the purge air's own included.</param>
/// <param name="Watts">Mean electric power.</param>
public readonly record struct DryerFlow(
    double OutletKgPerSecond,
    double OutletHumidityRatio,
    double OutletKelvin,
    double DewPointKelvin,
    double PurgeKgPerSecond,
    double CondensateKg,
    double ExhaustedWaterKg,
    double Watts);
