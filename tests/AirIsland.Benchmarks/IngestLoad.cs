using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>
/// A station of 300 tags as its meters give it, in scan groups that are read once a second within 5 ms of their time: by default six of 50
/// tags, as the profile of a station's controller has them. Of ten tags four are pressures (saw of load and unload, noise of 2 counts), two
/// powers, one flow, three temperatures; one pressure and one temperature are recorded only when they moved by their deadband. One sample
/// of a hundred is missing. Instants only go on, so that a twin has work.
/// </summary>
internal sealed class IngestLoad(int seed, int groups = 6)
{
    public const int Tags = 300;
    private const long Start = 1_750_000_000_000;
    private const int JitterMs = 5;
    private const double Missing = 0.01;

    private readonly Random _random = new(seed);
    private readonly double[] _slow = new double[Tags];
    private readonly long?[] _recorded = new long?[Tags];
    private int _second;
    private int _group;

    /// <summary>The next block of about that many points (a scan is not cut), as the edge would encode it.</summary>
    public EncodedBlock Next(int points)
    {
        var builder = new BlockBuilder();
        while (builder.PointCount < points)
        {
            Scan(builder);
            if (++_group < groups) continue;
            (_group, _second) = (0, _second + 1);
        }
        return builder.Encode();
    }

    private void Scan(BlockBuilder builder)
    {
        var at = Start + (_second * 1000L) + _random.Next(-JitterMs, JitterMs + 1);
        for (var tag = _group * Tags / groups; tag < (_group + 1) * Tags / groups; tag++)
        {
            var (count, deadband) = Count(tag);
            if (_recorded[tag] is { } last && Math.Abs(count - last) < deadband) continue;
            _recorded[tag] = count;
            if (_random.NextDouble() >= Missing) builder.Add($"controller-{_group:00}/fast", at, (uint)tag, count, 0);
        }
    }

    private (long Count, int Deadband) Count(int tag)
    {
        ref var slow = ref _slow[tag];
        slow += (_random.NextDouble() - 0.5) / 2;
        var phase = (_second + (tag / 10 * 7)) % 60;
        var saw = phase < 40 ? phase * 7.5 : (60 - phase) * 15;
        return (tag % 10) switch
        {
            < 3 => (7000 + (long)Math.Round(slow + saw + Noise(2)), 0),
            < 5 => ((phase < 40 ? 1320 : 410) + (long)Math.Round(slow + Noise(1.5)), 0),
            5 => (210 + (long)Math.Round(slow + Noise(1.5)), 0),
            < 8 => (780 + (long)Math.Round((slow / 2) + Noise(0.3)), 0),
            8 => (500 + (long)Math.Round(slow), 5),
            _ => (7000 + (long)Math.Round(slow + saw + Noise(2)), 20),
        };
    }

    private double Noise(double sigma) =>
        sigma * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
