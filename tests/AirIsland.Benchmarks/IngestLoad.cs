using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>
/// A station as its meters give it: 30 devices of 10 tags, each device a scan group that is read once a second within 5 ms of its time.
/// Of ten tags four are pressures (saw of load and unload, noise of 2 counts), two powers, one flow, one temperature; two are recorded
/// only when they moved by their deadband. One sample of a hundred is missing. Instants only go on, so that a twin has work.
/// </summary>
internal sealed class IngestLoad(int seed, int devices = 30)
{
    public const int TagsPerDevice = 10;
    private const long Start = 1_750_000_000_000;
    private const int JitterMs = 5;
    private const double Missing = 0.01;
    private const int Deadband = 5;

    private readonly Random _random = new(seed);
    private readonly double[] _slow = new double[devices * TagsPerDevice];
    private readonly long?[] _recorded = new long?[devices * TagsPerDevice];
    private int _second;
    private int _device;

    /// <summary>The next block of about that many points (a device's scan is not cut), as the edge would encode it.</summary>
    public EncodedBlock Next(int points)
    {
        var builder = new BlockBuilder();
        while (builder.PointCount < points)
        {
            Scan(builder);
            if (++_device < devices) continue;
            (_device, _second) = (0, _second + 1);
        }
        return builder.Encode();
    }

    private void Scan(BlockBuilder builder)
    {
        var at = Start + (_second * 1000L) + _random.Next(-JitterMs, JitterMs + 1);
        for (var i = 0; i < TagsPerDevice; i++)
        {
            var tag = (_device * TagsPerDevice) + i;
            var count = Count(tag, i);
            if (i >= 8)
            {
                if (_recorded[tag] is { } last && Math.Abs(count - last) < Deadband) continue;
                _recorded[tag] = count;
            }
            if (_random.NextDouble() >= Missing) builder.Add($"device-{_device:00}/fast", at, (uint)tag, count, 0);
        }
    }

    private long Count(int tag, int kind)
    {
        ref var slow = ref _slow[tag];
        slow += (_random.NextDouble() - 0.5) * (kind < 8 ? 0.5 : 2);
        var phase = (_second + (_device * 7)) % 60;
        return kind switch
        {
            < 4 => 7000 + (long)Math.Round(slow + (phase < 40 ? phase * 7.5 : (60 - phase) * 15) + Noise(2)),
            < 6 => (phase < 40 ? 1320 : 410) + (long)Math.Round(slow + Noise(1.5)),
            6 => 210 + (long)Math.Round(slow + Noise(1.5)),
            7 => 780 + (long)Math.Round((slow * 0.2) + Noise(0.3)),
            _ => 500 + (long)Math.Round(slow),
        };
    }

    private double Noise(double sigma) =>
        sigma * Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
