using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>Scans as a station gives them: pressures that saw and wander, powers, flows, slow temperatures; one scan a second.</summary>
internal sealed class StationLoad(int tags, int seed, long start = 1_750_000_000_000)
{
    private readonly Random _random = new(seed);
    private readonly double[] _levels = new double[tags];
    private long _instant = start;

    /// <summary>The next block of that many points, as the edge would encode it.</summary>
    public EncodedBlock Next(int points)
    {
        var builder = new BlockBuilder();
        for (var added = 0; added < points; _instant += 1000)
        {
            for (uint tag = 0; tag < tags && added < points; tag++, added++) builder.Add("fast", _instant, tag, Count(tag), 0);
        }
        return builder.Encode();
    }

    private long Count(uint tag)
    {
        ref var level = ref _levels[tag];
        var step = _random.NextDouble() - 0.5;
        // Of ten tags four are noisy pressures, three wander, three hardly move.
        level += (tag % 10) switch { < 4 => step * 6, < 7 => step * 3, _ => step * 0.2 };
        return 7000 + (long)level;
    }
}
