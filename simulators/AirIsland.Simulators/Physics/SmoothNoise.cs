namespace AirIsland.Simulators.Physics;

/// <summary>
/// A smooth random curve of time with mean 0 and standard deviation 1: a sum of slow sines with seeded phases. A pure function, so
/// its value does not depend on how the plant was stepped.
/// </summary>
public sealed class SmoothNoise
{
    private static readonly double[] PeriodsSeconds = [61, 149, 379, 907, 2311, 6007];

    private readonly double[] _phases;

    public SmoothNoise(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _phases = [.. PeriodsSeconds.Select(_ => random.NextDouble() * Math.Tau)];
    }

    public double At(DateTimeOffset instant)
    {
        var seconds = (instant - DateTimeOffset.UnixEpoch).TotalSeconds;
        var sum = 0.0;
        for (var i = 0; i < PeriodsSeconds.Length; i++)
            sum += Math.Sin(Math.Tau * (seconds % PeriodsSeconds[i] / PeriodsSeconds[i]) + _phases[i]);
        return sum * Math.Sqrt(2.0 / PeriodsSeconds.Length);
    }
}
