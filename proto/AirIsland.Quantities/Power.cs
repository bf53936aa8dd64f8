namespace AirIsland.Quantities;

/// <summary>Electrical power, kilowatts (UCUM <c>kW</c>). Instantaneous, so double.</summary>
public readonly record struct Power(double Kilowatts)
{
    public static Power operator +(Power a, Power b) => new(a.Kilowatts + b.Kilowatts);

    public static Power Add(Power left, Power right) => left + right;
}
