namespace AirIsland.Quantities;

/// <summary>Electrical energy, kilowatt-hours (UCUM <c>kW.h</c>). Accumulated, so decimal.</summary>
public readonly record struct Energy(decimal KilowattHours)
{
    public static Energy operator +(Energy a, Energy b) => new(a.KilowattHours + b.KilowattHours);

    public static Energy Add(Energy left, Energy right) => left + right;
}
