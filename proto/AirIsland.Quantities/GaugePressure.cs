namespace AirIsland.Quantities;

/// <summary>Pressure above the surrounding air, MPa. Another quantity than <see cref="AbsolutePressure"/>, hence another type.</summary>
public readonly record struct GaugePressure(double Megapascals)
{
    public AbsolutePressure ToAbsolute(AbsolutePressure ambient) => new(Megapascals + ambient.Megapascals);
}
