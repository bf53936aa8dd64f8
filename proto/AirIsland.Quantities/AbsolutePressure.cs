namespace AirIsland.Quantities;

/// <summary>Pressure above vacuum, MPa.</summary>
public readonly record struct AbsolutePressure(double Megapascals)
{
    /// <summary>0.101325 MPa.</summary>
    public static AbsolutePressure StandardAtmosphere => new(0.101325);

    public GaugePressure ToGauge(AbsolutePressure ambient) => new(Megapascals - ambient.Megapascals);
}
