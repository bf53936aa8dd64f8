namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>
/// How far one meter is really off: the truth that a verification on a test bench would find. A value x of the range reads
/// x·(1 + gain + linearity·bow + low load·(1 − x/band)) + offset; the bow is 4u(1 − u) of the place u in the range.
/// </summary>
/// <param name="Gain">Share.</param>
/// <param name="Offset">In the unit of the point.</param>
/// <param name="Linearity">Share in the middle of the range; none at its ends.</param>
/// <param name="LowLoad">Share that comes on top below the low-load band of the class, growing towards 0.</param>
/// <param name="DriftPerYear">Share by which the gain grows in a year.</param>
public sealed record MeterErrors(double Gain, double Offset = 0, double Linearity = 0, double LowLoad = 0, double DriftPerYear = 0)
{
    // Chosen: a maker adjusts a little inside of the class, and most of what is left is gain.
    private const double ShareOfClass = 0.95;
    private const double GainShare = 0.7;

    public static readonly MeterErrors None = new(0);

    /// <summary>A meter from the shelf: errors at random, within its class over the whole range as long as it has not drifted.</summary>
    public static MeterErrors Draw(MeterSpec spec, Random random)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(random);
        var accuracy = AccuracyClass.Parse(spec.Class);
        var fullScale = ShareOfClass * accuracy.OfFullScale * spec.FullScale;
        var gain = ShareOfClass * accuracy.OfReading;
        var offset = fullScale;
        if (accuracy.OfReading == 0)
        {
            // A class of full scale leaves half to the zero and half to the span.
            offset = fullScale / 2;
            gain = fullScale / 2 / Math.Max(Math.Abs(spec.Low), spec.Ceiling);
        }
        return new(
            Gain: GainShare * gain * Either(random),
            Offset: offset * Either(random),
            Linearity: (1 - GainShare) * gain * Either(random),
            LowLoad: Math.Max(0, accuracy.OfReadingLow - accuracy.OfReading) * Either(random),
            DriftPerYear: spec.DriftPerYear * Either(random));
    }

    private static double Either(Random random) => 2 * random.NextDouble() - 1;
}
