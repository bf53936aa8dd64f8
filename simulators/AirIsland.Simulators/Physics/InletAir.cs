namespace AirIsland.Simulators.Physics;

/// <summary>The air that the compressors breathe: °C, relative humidity 0 to 1, pressure in MPa absolute.</summary>
public readonly record struct InletAir(double Celsius, double RelativeHumidity, double PressureMPa)
{
    /// <summary>The air of a rating: 20 °C, dry, 0.1 MPa absolute (ISO 1217, GB 19153 clause 6.1).</summary>
    public static InletAir Rated => new(20, 0, 0.1);

    /// <summary>m³ FAD in one m³ breathed: water and warmth take room from the dry air.</summary>
    public double FadPerInletVolume =>
        (PressureMPa - RelativeHumidity * Air.SaturationPa(Celsius) / 1e6) / 0.1 * 293.15 / (Celsius + 273.15);
}
