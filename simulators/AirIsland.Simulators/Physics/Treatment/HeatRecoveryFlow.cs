namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What a heat recovery did in one step.</summary>
/// <param name="RecoveredWatts">Heat given to the user's water.</param>
/// <param name="RejectedWatts">Heat left for the compressors' own coolers.</param>
/// <param name="WaterKgPerSecond">Water through the exchanger.</param>
/// <param name="OutletKelvin">Water to the user; without flow the water that stands at the inlet.</param>
/// <param name="PumpWatts">Electric power of the pump.</param>
public readonly record struct HeatRecoveryFlow(
    double RecoveredWatts, double RejectedWatts, double WaterKgPerSecond, double OutletKelvin, double PumpWatts);
