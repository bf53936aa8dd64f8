namespace AirIsland.Simulators.Physics.Noise;

/// <summary>
/// Randomness that needs no state: a number for a seed, a channel and an index, the same whenever and in whatever order it is asked
/// for. What is built on it cannot depend on how time was stepped. Mixer: the finaliser of splitmix64 (Steele, Lea, Flood 2014).
/// </summary>
public static class HashNoise
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double UnitPerStep = 1.0 / (1UL << 53);

    private static readonly double Sqrt12 = Math.Sqrt(12);

    /// <summary>Uniform in [0, 1).</summary>
    public static double Uniform(ulong seed, int channel, long index) => (Mix(seed, channel, index) >> 11) * UnitPerStep;

    /// <summary>Uniform with mean 0 and standard deviation 1, so within ±1.732: cheap, and without far tails.</summary>
    public static double Flat(ulong seed, int channel, long index) => (Uniform(seed, channel, index) - 0.5) * Sqrt12;

    /// <summary>Normal with mean 0 and standard deviation 1 (Box and Muller 1958). Slow: a logarithm and a cosine.</summary>
    public static double Normal(ulong seed, int channel, long index)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(seed, channel, index)));
        return radius * Math.Cos(Math.Tau * Uniform(seed ^ Golden, channel, index));
    }

    private static ulong Mix(ulong seed, int channel, long index)
    {
        unchecked
        {
            var inner = Scramble(seed + ((ulong)(uint)channel + 1) * Golden);
            return Scramble(inner ^ ((ulong)index * Golden));
        }
    }

    private static ulong Scramble(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
