namespace AirIsland.Quantities;

/// <summary>Temperature, degrees Celsius (UCUM <c>Cel</c>).</summary>
public readonly record struct Temperature(double Celsius)
{
    public double Kelvin => Celsius + 273.15;
}
