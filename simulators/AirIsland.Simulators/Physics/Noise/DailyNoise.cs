namespace AirIsland.Simulators.Physics.Noise;

/// <summary>
/// A number a day, mean 0 and standard deviation 1, that remembers the days before it: a first-order autoregressive series, written as
/// the sum of its last shocks (and exactly rescaled), so that any day can be asked for without the days before.
/// </summary>
public sealed class DailyNoise
{
    /// <summary>Days after which the memory of a shock is dropped; at 0.65 a day it is then 0.1 % of it.</summary>
    private const int Memory = 16;

    private readonly double[] _weights = new double[Memory];
    private readonly ulong _seed;
    private readonly int _channel;

    /// <param name="seed">The station's seed.</param>
    /// <param name="channel">Tells one series of a seed from another.</param>
    /// <param name="persistence">Correlation of a day with the day before, 0 to below 1.</param>
    public DailyNoise(ulong seed, int channel, double persistence)
    {
        (_seed, _channel) = (seed, channel);
        var squares = 0.0;
        for (var i = 0; i < Memory; i++)
        {
            _weights[i] = i == 0 ? 1 : _weights[i - 1] * persistence;
            squares += _weights[i] * _weights[i];
        }
        for (var i = 0; i < Memory; i++) _weights[i] /= Math.Sqrt(squares);
    }

    public double At(int day)
    {
        var sum = 0.0;
        for (var i = 0; i < Memory; i++) sum += _weights[i] * HashNoise.Normal(_seed, _channel, day - i);
        return sum;
    }
}
