namespace AirIsland.Simulators.Devices.Meters;

/// <summary>
/// How far a meter is off: a constant gain error as a share, the standard deviation of a momentary reading as a share, and the value
/// below which it shows and counts nothing.
/// </summary>
public sealed record MeterAccuracy(double Gain, double Noise, double CutOff = 0)
{
    /// <summary>What the meter takes the true value for, without the flicker of a single reading.</summary>
    public double Seen(double value) => Math.Abs(value) < CutOff ? 0 : value * (1 + Gain);
}
