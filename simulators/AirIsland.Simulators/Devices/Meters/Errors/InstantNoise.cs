namespace AirIsland.Simulators.Devices.Meters.Errors;

/// <summary>
/// The random part of a momentary reading as a function of seed and instant: the same whoever reads and how often, and nothing is spent
/// on readings that nobody asks for.
/// </summary>
public static class InstantNoise
{
    /// <summary>A standard normal deviate (Box–Muller on two SplitMix64 outputs; Steele, Lea and Flood 2014).</summary>
    public static double At(ulong seed, long ticks)
    {
        var key = Mixed(seed + 0x9E3779B97F4A7C15 * (ulong)ticks);
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit(key)));
        return radius * Math.Cos(Math.Tau * Unit(Mixed(key + 0x9E3779B97F4A7C15)));
    }

    /// <summary>A seed for a named thing (FNV-1a, 64 bits): the same on every machine.</summary>
    public static ulong SeedOf(int seed, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var hash = 0xCBF29CE484222325 ^ Mixed((uint)seed);
        foreach (var letter in name) hash = (hash ^ letter) * 0x100000001B3;
        return Mixed(hash);
    }

    /// <summary>One step of SplitMix64: spreads a number over all 64 bits.</summary>
    public static ulong Mixed(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }

    private static double Unit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
