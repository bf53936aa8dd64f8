namespace AirIsland.Simulators.Physics;

/// <summary>What flows on an electrical line: active kW, reactive kvar, and the kWh consumed since the plant began.</summary>
public readonly record struct ElectricLoad(double Kilowatts, double Kilovars, double KilowattHours)
{
    public static ElectricLoad operator +(ElectricLoad a, ElectricLoad b) =>
        new(a.Kilowatts + b.Kilowatts, a.Kilovars + b.Kilovars, a.KilowattHours + b.KilowattHours);

    public static ElectricLoad Add(ElectricLoad left, ElectricLoad right) => left + right;

    /// <summary>kvar that go with active kW at a power factor.</summary>
    public static double KilovarsOf(double kilowatts, double powerFactor) =>
        kilowatts * Math.Sqrt(1 - powerFactor * powerFactor) / powerFactor;
}
