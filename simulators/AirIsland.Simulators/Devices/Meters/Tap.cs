using AirIsland.Simulators.Devices.Meters.Errors;

namespace AirIsland.Simulators.Devices.Meters;

/// <summary>Ways to connect a point of a meter to the plant.</summary>
public static class Tap
{
    /// <summary>To a value that is what it is during the step.</summary>
    public static TrueRate Level(Func<double> value) => _ => value();

    /// <summary>To a running total: the mean rate over the step, times <paramref name="scale"/> (3600/3.6e6 from J to kW: 0.001).</summary>
    public static TrueRate MeanOf(Func<double> total, double scale = 1)
    {
        ArgumentNullException.ThrowIfNull(total);
        var before = total();
        return seconds =>
        {
            var now = total();
            var rate = (now - before) / seconds * scale;
            before = now;
            return rate;
        };
    }

    /// <summary>To a pressure tapping; reads MPa.</summary>
    public static TrueRate Pressure(Func<double> absolutePa, Func<double> ambientPa, PressureBasis basis) => basis == PressureBasis.Gauge
        ? _ => (absolutePa() - ambientPa()) * 1e-6
        : _ => absolutePa() * 1e-6;

    /// <summary>To a line of air by way of what that type of meter senses; reads m³ per unit of time.</summary>
    /// <param name="design">The type.</param>
    /// <param name="mass">Mass flow of dry air, kg/s.</param>
    /// <param name="linePa">Absolute pressure in the line, Pa.</param>
    /// <param name="lineK">Temperature in the line, K.</param>
    /// <param name="unitSeconds">60 for m³/min, 3600 for m³/h.</param>
    public static TrueRate Flow(FlowMeterDesign design, TrueRate mass, Func<double> linePa, Func<double> lineK, double unitSeconds = 60) =>
        seconds => design.Shown(mass(seconds), linePa(), lineK()) * unitSeconds;
}
