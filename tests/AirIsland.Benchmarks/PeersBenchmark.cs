using System.Globalization;

namespace AirIsland.Benchmarks;

/// <summary>
/// The same points into our cloud, influxdb and VictoriaMetrics, one after the other in one run: two writers with batches of 10,000
/// points, then four questions over HTTP. 100 levels once a second and 80 registers once a minute, for three days.
/// </summary>
internal static class PeersBenchmark
{
    private const int Levels = 100;
    private const int Registers = 80;
    private const int Port = 25180;
    private const int Seed = 42;
    private const int Rounds = 9;
    private static readonly long From = DateTimeOffset.Parse("2026-06-01T00:00:00Z", CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public static async Task<int> RunAsync(string[] arguments)
    {
        var hours = arguments is ["--hours", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 72;
        var figures = new Dictionary<string, Figures>();
        foreach (var start in (Func<int, Task<IPeer>>[])[AirIslandPeer.StartAsync, InfluxPeer.StartAsync, VictoriaPeer.StartAsync])
        {
            await using var peer = await start(Port);
            figures[peer.Name] = await MeasureAsync(peer, hours);
        }
        var (ours, influx, victoria) = (figures["airisland"], figures["influxdb"], figures["victoriametrics"]);
        return Report.Print(
            "peers", new { seed = Seed, levels = Levels, registers = Registers, hours, figures },
            AtLeast("points/s, times VictoriaMetrics", ours.PointsPerSecond / victoria.PointsPerSecond, 2),
            AtLeast("points/s, times influxdb", ours.PointsPerSecond / influx.PointsPerSecond, 5),
            AtMost("CPU s per million points, put away, of VictoriaMetrics",
                ours.CpuPerMillionSettled / victoria.CpuPerMillionSettled, 1 / 3.0),
            AtMost("bytes/point, of VictoriaMetrics", ours.BytesPerPoint / victoria.BytesPerPoint, 1.3),
            AtMost("bytes/point, of influxdb", ours.BytesPerPoint / influx.BytesPerPoint, 0.1),
            AtMost("latest of 100, of the quicker peer", ours.LatestMs / Math.Min(influx.LatestMs, victoria.LatestMs), 1),
            AtMost("one hour of one, of the quicker peer", ours.HourMs / Math.Min(influx.HourMs, victoria.HourMs), 1),
            AtMost("hourly means of ten, of the quicker peer", ours.MeansMs / Math.Min(influx.MeansMs, victoria.MeansMs), 1),
            AtMost("80 registers at both ends, of the quicker peer",
                ours.RegistersMs / Math.Min(influx.RegistersMs, victoria.RegistersMs), 1));
    }

    private static async Task<Figures> MeasureAsync(IPeer peer, int hours)
    {
        PeerLoad[] loads = [new(0, Levels / 2, Seed), new(Levels / 2, Levels / 2, Seed + 1)];
        var points = ((long)Levels * 3600 * hours) + ((long)Registers * 60 * hours);
        var (cpu, from) = (peer.Process.CpuSeconds, TimeProvider.System.GetTimestamp());
        await Task.WhenAll(
        [
            .. loads.Select(load => Task.Run(() => peer.WriteAsync(load, From, hours))),
            Task.Run(() => peer.WriteRegistersAsync(Registers, From, hours)),
        ]);
        var seconds = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        var acknowledged = peer.Process.CpuSeconds - cpu;
        await peer.SettleAsync();
        var settled = peer.Process.CpuSeconds - cpu;
        var ask = peer.Questions(Levels, Registers, From, hours);
        return new(
            Math.Round(points / seconds), Math.Round(acknowledged / points * 1e6, 3), Math.Round(settled / points * 1e6, 3),
            Math.Round(peer.Process.Bytes / (double)points, 3), await MedianAsync(peer, ask.Latest), await MedianAsync(peer, ask.Hour),
            await MedianAsync(peer, ask.Means), await MedianAsync(peer, ask.Registers));
    }

    private static async Task<double> MedianAsync(IPeer peer, params string[] questions)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds + 2; i++)
        {
            var from = TimeProvider.System.GetTimestamp();
            foreach (var question in questions)
            {
                using var answer = await peer.Process.Http.GetAsync(question);
                var text = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode || text.Length < 200)
                    throw new InvalidOperationException($"{peer.Name} answers {question} with {(int)answer.StatusCode} {text}");
            }
            times.Add(TimeProvider.System.GetElapsedTime(from).TotalMilliseconds);
        }
        // The first two warm up.
        return Math.Round(times.Skip(2).Order().ElementAt(Rounds / 2), 2);
    }

    private static Bar AtLeast(string name, double value, double limit) => new(name, Math.Round(value, 3), limit, value >= limit);

    private static Bar AtMost(string name, double value, double limit) =>
        new(name, Math.Round(value, 3), Math.Round(limit, 3), value <= limit);

    private sealed record Figures(
        double PointsPerSecond, double CpuPerMillion, double CpuPerMillionSettled, double BytesPerPoint, double LatestMs, double HourMs,
        double MeansMs, double RegistersMs);
}
