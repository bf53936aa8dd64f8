namespace AirIsland.Simulators.Physics.Treatment;

/// <summary>What takes water out of compressed air.</summary>
public interface IAirDryer : IPressureDrop
{
    /// <summary>Without mains it takes no power and lets the water pass, sooner or later.</summary>
    bool HasMains { get; set; }

    /// <param name="seconds">Length of the step.</param>
    /// <param name="kgPerSecond">Dry air that enters, not below 0.</param>
    /// <param name="inletPa">Absolute.</param>
    /// <param name="inletKelvin">Temperature of the air that enters.</param>
    /// <param name="inletHumidityRatio">Its water, droplets included, kg/kg.</param>
    /// <param name="ambientKelvin">The room's air.</param>
    DryerFlow Step(
        double seconds, double kgPerSecond, double inletPa, double inletKelvin, double inletHumidityRatio, double ambientKelvin);
}
