using System.Globalization;
using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>
/// Durable ingest on the production path: gRPC, checksum, decode, validate, commit with fsync, acknowledge, fold into the twin. The cloud
/// is a process of its own on the same cores; blocks are encoded before the clock starts. Each figure is the median of three interleaved
/// runs. With <c>--seconds N</c> instead: 100 stations at once for so long.
/// </summary>
internal static class IngestBenchmark
{
    private const int Port = 25080;
    private const int Seed = 42;
    private const int Repeats = 3;
    private const int Stations = 100;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Paced = TimeSpan.FromSeconds(8);

    private static readonly (int Points, int Streams)[] Loads = [(10_000, 1), (10_000, 8), (300, 1), (300, 8), (300, 32)];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--seconds", var seconds] && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var n))
            return await SustainAsync(TimeSpan.FromSeconds(n));
        if (args.Length > 0) return Report.Usage("ingest [--seconds N]");

        var blocks = new Dictionary<int, EncodedBlock[]>
        {
            [10_000] = Encoded(10_000, 2500),
            [300] = Encoded(300, 20_000),
            [500] = Encoded(500, 400),
        };
        var runs = new List<Run>();
        double peak, syncs;
        await using (var cloud = await IngestCloud.StartAsync(Port))
        {
            foreach (var points in (int[])[300, 10_000]) await MeasureAsync(cloud, blocks[points], new("warm-up", points, 2, Measured));
            for (var repeat = 0; repeat < Repeats; repeat++)
            {
                foreach (var (points, streams) in Loads)
                    runs.Add(await MeasureAsync(cloud, blocks[points], new($"r{repeat}", points, streams, Measured)));
                runs.Add(await MeasureAsync(cloud, blocks[500], new($"r{repeat}-paced", 500, 1, Paced, TimeSpan.FromMilliseconds(50))));
            }
            peak = cloud.PeakMegabytes;
        }
        syncs = await SyncsPerCommitAsync(blocks[10_000]);
        return Print([.. runs.GroupBy(r => (r.Points, r.Streams)).Select(Median)], peak, syncs, Seed);
    }

    private static int Print(Run[] medians, double peak, double syncs, int seed)
    {
        Run Of(int points, int streams) => medians.Single(m => (m.Points, m.Streams) == (points, streams));
        var (one, eight) = (Of(10_000, 1), Of(10_000, 8));
        // The same tags in one scan group, and in thirty: what each costs that has instants of its own.
        var wire = new { groups1 = PayloadBytesPerPoint(1), groups6 = PayloadBytesPerPoint(6), groups30 = PayloadBytesPerPoint(30) };
        var small = medians.Where(m => m.Points == 300).MaxBy(m => m.PointsPerSecond)!;
        return Report.Print(
            "ingest",
            new
            {
                seed,
                window = IngestClient.Window,
                repeats = Repeats,
                medians,
                payloadBytesPerPoint = wire,
                peakMegabytes = peak,
                syncsPerCommit = syncs,
            },
            Bar.AtLeast("pointsPerSecond10000x1", one.PointsPerSecond, 3e6),
            Bar.AtLeast("pointsPerSecond10000x8", eight.PointsPerSecond, 3e6),
            Bar.AtMost("serverCpuSecondsPerMillion10000x1", one.ServerCpuSecondsPerMillion, 0.25),
            Bar.AtMost("serverCpuSecondsPerMillion10000x8", eight.ServerCpuSecondsPerMillion, 0.25),
            Bar.AtLeast($"pointsPerSecond300x{small.Streams}", small.PointsPerSecond, 1e6),
            Bar.AtMost("ackP99MsAt10000PerSecond", Of(500, 1).AckP99Ms, 25),
            Bar.AtMost("wireBytesPerPoint10000", one.WireBytesPerPoint, 0.70),
            Bar.AtLeast("syncsPerCommit", syncs, 1),
            Bar.AtMost("peakMegabytes", peak, 400));
    }

    /// <summary>100 stations, a stream each, in batches of 10,000, with the twin of each folded.</summary>
    private static async Task<int> SustainAsync(TimeSpan duration)
    {
        await using var cloud = await IngestCloud.StartAsync(Port);
        // What one station needs at twice the bar, so that its time goes on to the end.
        var blocks = Encoded(10_000, (int)Math.Max(20, duration.TotalSeconds * 4e6 / Stations / 10_000));
        var run = await MeasureAsync(cloud, blocks, new("sustained", 10_000, Stations, duration), s => $"bench-{s}");
        var missed = await cloud.CounterAsync("airisland_station_missed");
        return Report.Print(
            "ingest-sustained",
            new { seed = Seed, stations = Stations, run, missedByStations = missed, storeBytes = cloud.StoreBytes, cloud.PeakMegabytes },
            Bar.AtLeast("sustainedPointsPerSecond", run.PointsPerSecond, 2e6),
            Bar.AtMost("sustainedServerCpuSecondsPerMillion", run.ServerCpuSecondsPerMillion, 0.35),
            Bar.AtMost("peakMegabytes", cloud.PeakMegabytes, 400));
    }

    private static EncodedBlock[] Encoded(int points, int count)
    {
        var load = new IngestLoad(Seed);
        return [.. Enumerable.Range(0, count).Select(_ => load.Next(points))];
    }

    private static double PayloadBytesPerPoint(int groups)
    {
        var load = new IngestLoad(Seed, groups);
        var blocks = Enumerable.Range(0, 60).Select(_ => load.Next(10_000)).ToList();
        return Math.Round(blocks.Sum(b => b.Payload.Length) / (double)blocks.Sum(b => b.PointCount), 3);
    }

    private static async Task<Run> MeasureAsync(
        IngestCloud cloud, EncodedBlock[] blocks, Plan plan, Func<int, string>? stationOf = null)
    {
        var (cpu, from) = (cloud.CpuSeconds, TimeProvider.System.GetTimestamp());
        var name = $"{plan.Name}-{plan.Points}x{plan.Streams}";
        var clients = await Task.WhenAll(Enumerable.Range(0, plan.Streams).Select(s => IngestClient.RunAsync(
            cloud.Address, $"{name}-{s}", blocks, plan.Duration, plan.Pace, stationOf?.Invoke(s) ?? $"{name}-{s}")));
        var seconds = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        var points = clients.Sum(c => c.Points);
        double[] waits = [.. clients.SelectMany(c => c.WaitsMs).Order()];
        return new(
            plan.Points, plan.Streams, Math.Round(points / seconds), Math.Round((cloud.CpuSeconds - cpu) / points * 1e6, 3),
            Math.Round((double)clients.Sum(c => c.Bytes) / points, 3), Math.Round(waits[waits.Length / 2], 2),
            Math.Round(waits[(int)(waits.Length * 0.99)], 2));
    }

    /// <summary>
    /// Syncs of the journal's files, as strace sees them, for each of its commits; in a cloud of its own, for strace is slow.
    /// </summary>
    private static async Task<double> SyncsPerCommitAsync(EncodedBlock[] blocks)
    {
        var trace = Path.GetTempFileName();
        double commits;
        await using (var cloud = await IngestCloud.StartAsync(Port + 10, "strace", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace))
        {
            await MeasureAsync(cloud, blocks, new("traced", 10_000, 2, Measured));
            commits = await cloud.CounterAsync("airisland_store_commits");
        }
        var syncs = File.ReadLines(trace)
            .Count(l => l.Contains("sync(", StringComparison.Ordinal) && l.Contains("journal.db", StringComparison.Ordinal));
        File.Delete(trace);
        return commits > 0 ? Math.Round(syncs / commits, 3) : 0;
    }

    private static Run Median(IEnumerable<Run> runs)
    {
        var all = runs.ToList();
        double Of(Func<Run, double> figure) => all.Select(figure).Order().ElementAt(all.Count / 2);
        return new(
            all[0].Points, all[0].Streams, Of(r => r.PointsPerSecond), Of(r => r.ServerCpuSecondsPerMillion), Of(r => r.WireBytesPerPoint),
            Of(r => r.AckP50Ms), Of(r => r.AckP99Ms));
    }

    private sealed record Plan(string Name, int Points, int Streams, TimeSpan Duration, TimeSpan? Pace = null);

    private sealed record Run(
        int Points, int Streams, double PointsPerSecond, double ServerCpuSecondsPerMillion, double WireBytesPerPoint, double AckP50Ms,
        double AckP99Ms);
}
