namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What a cooling water loop did in one step.</summary>
/// <param name="WaterKgPerSecond">Flow of the loop.</param>
/// <param name="SupplyKelvin">Water to the machines.</param>
/// <param name="ReturnKelvin">Water from the machines.</param>
/// <param name="TakenWatts">Heat taken from the machines; 0 while the pump stands.</param>
/// <param name="RejectedWatts">Heat given to the weather.</param>
/// <param name="FanWatts">Electric power of the fan.</param>
/// <param name="PumpWatts">Electric power of the pump.</param>
/// <param name="MakeUpKgPerSecond">Fresh water for what evaporates and is bled.</param>
public readonly record struct CoolingWaterFlow(
    double WaterKgPerSecond,
    double SupplyKelvin,
    double ReturnKelvin,
    double TakenWatts,
    double RejectedWatts,
    double FanWatts,
    double PumpWatts,
    double MakeUpKgPerSecond);
