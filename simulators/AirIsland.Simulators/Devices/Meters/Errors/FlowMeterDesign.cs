using System.Diagnostics;
using AirIsland.Quantities;

namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>
/// What a type of flow meter makes of a mass flow of dry air in a line, before its own errors. Ideal gas, ρ = p/(R·T) with
/// R = 287.05 J/(kg·K): below 1.3 MPa off by less than 0.5 %.
/// </summary>
public sealed record FlowMeterDesign
{
    private const double GasConstant = Physics.DryAir.R;

    private readonly double _referenceDensity = Density(ReferenceState.Standard20);

    public FlowPrinciple Principle { get; init; } = FlowPrinciple.ThermalMass;

    public FlowCompensation Compensation { get; init; } = FlowCompensation.Measured;

    /// <summary>Absolute line pressure that is typed in for <see cref="FlowCompensation.FixedLine"/>, Pa. Default 0.7 MPa gauge.</summary>
    public double SetPressurePa { get; init; } = 801_325;

    /// <summary>Line temperature that is typed in, K; a DP meter without compensation is sized for both. Default 293.15.</summary>
    public double SetTemperatureK { get; init; } = 293.15;

    /// <summary>State that its cubic metres are counted at, unless it counts those of the line: FAD, Normal or Standard20.</summary>
    /// <exception cref="FormatException">No state has that name.</exception>
    public string Reference
    {
        get;
        init => (field, _referenceDensity) = (value, Density(ReferenceState.Parse(value)));
    } = ReferenceState.Standard20.Name;

    /// <summary>The flow that it takes it for, m³/s.</summary>
    public double Shown(double kgPerSecond, double linePa, double lineK)
    {
        var density = linePa / (GasConstant * lineK);
        var set = SetPressurePa / (GasConstant * SetTemperatureK);
        // What it would take the mass for if it believed in the set density.
        var believed = Principle switch
        {
            FlowPrinciple.ThermalMass => kgPerSecond,
            FlowPrinciple.Velocity => kgPerSecond * set / density,
            FlowPrinciple.DifferentialPressure => kgPerSecond * Math.Sqrt(set / density),
            _ => throw new UnreachableException(),
        };
        return Compensation switch
        {
            FlowCompensation.Measured => kgPerSecond / _referenceDensity,
            FlowCompensation.FixedLine => believed / _referenceDensity,
            // Thermal: has no other volume than that of its set line. Velocity: the density drops out.
            FlowCompensation.None => believed / set,
            _ => throw new UnreachableException(),
        };
    }

    private static double Density(ReferenceState state) => state.Pascals / (GasConstant * (state.Centikelvin / 100.0));
}
