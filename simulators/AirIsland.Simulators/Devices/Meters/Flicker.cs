namespace AirIsland.Simulators.Devices.Meters;

/// <summary>The random part of momentary readings: normally distributed, from a seed.</summary>
public sealed class Flicker(Random random)
{
    /// <summary>The value with a random deviation of that standard deviation (Box–Muller).</summary>
    public double On(double value, double deviation) =>
        value + deviation * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(Math.Tau * random.NextDouble());

    /// <summary>The value with a random deviation in proportion to it; 0 stays 0.</summary>
    public double OnShare(double value, double share) => On(value, value * share);
}
