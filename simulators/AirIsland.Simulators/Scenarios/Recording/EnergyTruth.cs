using AirIsland.Simulators.Stations;

namespace AirIsland.Simulators.Scenarios.Recording;

/// <summary>The station's electricity and where it went, kWh; the air's work is no part of the sum.</summary>
public sealed record EnergyTruth(
    double ElectricKWh, double RecoveredKWh, double CoolingWaterKWh, double AirCoolersKWh, double DrivesKWh, double AuxiliariesKWh,
    double RadiationKWh, double AirKWh, double StoredKWh, double AirWorkKWh, double ResidualShare)
{
    internal static EnergyTruth Of(StationEnergy energy) => new(
        KWh(energy.ElectricJ),
        KWh(energy.RecoveredJ),
        KWh(energy.CoolingWaterJ),
        KWh(energy.AirCoolersJ),
        KWh(energy.DrivesJ),
        KWh(energy.AuxiliariesJ),
        KWh(energy.RadiationJ),
        KWh(energy.AirJ),
        KWh(energy.StoredJ),
        KWh(energy.AirWorkJ),
        energy.ElectricJ > 0 ? energy.ResidualJ / energy.ElectricJ : 0);

    private static double KWh(double joules) => joules / 3.6e6;
}
