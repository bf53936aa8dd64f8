using AirIsland.Simulators.Devices.Meters;
using AirIsland.Simulators.Devices.Meters.Errors;
using AirIsland.Simulators.Devices.Meters.Faults;

namespace AirIsland.Simulators.Devices.Fitting;

/// <summary>What a place has for one point of a meter. A closed set.</summary>
/// <param name="Unit">UCUM code.</param>
internal abstract record Offer(string Unit)
{
    /// <summary>A value for a sensor.</summary>
    /// <param name="Unit">UCUM code.</param>
    /// <param name="Usual">The usual data sheet of a sensor here.</param>
    /// <param name="Tap">A wire of its own for each meter, by the kind of flow meter.</param>
    /// <param name="Role">What it hangs on, for faults of electric wiring.</param>
    internal sealed record Sensed(string Unit, MeterSpec Usual, Func<FlowMeterDesign, TrueRate> Tap, ElectricRole Role) : Offer(Unit);

    /// <summary>A register's amount.</summary>
    /// <param name="Unit">UCUM code.</param>
    /// <param name="Of">Name of the sensed value that it counts.</param>
    /// <param name="PerSecond">Register units per unit of that value and second.</param>
    /// <param name="Initial">What a register here holds when it is fitted; null: anything.</param>
    /// <param name="IsDue">Whether a register here counts now, as with tariffs; null: always.</param>
    internal sealed record Counted(string Unit, string Of, double PerSecond, decimal? Initial, Func<bool>? IsDue) : Offer(Unit);

    /// <summary>Something that a device knows exactly: a state, a code, a setting.</summary>
    internal sealed record Known(string Unit, Func<decimal> Value) : Offer(Unit);
}
