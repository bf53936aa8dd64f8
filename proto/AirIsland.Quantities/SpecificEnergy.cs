namespace AirIsland.Quantities;

/// <summary>
/// 气电比: electrical energy per volume of air. Stored one way, kWh per m³ at a stated reference state; lower is better.
/// </summary>
public readonly record struct SpecificEnergy(decimal KilowattHoursPerCubicMetre, ReferenceState State)
{
    /// <summary>The other way to say it, m³ per kWh.</summary>
    /// <exception cref="DivideByZeroException">The energy was zero.</exception>
    public decimal CubicMetresPerKilowattHour => 1m / KilowattHoursPerCubicMetre;
}
