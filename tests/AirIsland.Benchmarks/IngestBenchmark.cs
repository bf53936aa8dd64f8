using System.Diagnostics;
using AirIsland.Cloud;
using AirIsland.Proto.Columns;

namespace AirIsland.Benchmarks;

/// <summary>
/// Durable ingest on the production path: gRPC, checksum, decode, validate, commit with fsync, acknowledge, fold into the twin. Client and
/// cloud share the process and the cores; blocks are encoded before the clock starts.
/// </summary>
internal static class IngestBenchmark
{
    private const int HttpPort = 25080;
    private const int GrpcPort = 25081;
    private const int Seed = 42;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("airisland-ingest-").FullName;
        try
        {
            await using var app = CloudApp.Build([
                $"--Cloud:Data={directory}", "--Cloud:Site=", $"--Cloud:HttpPort={HttpPort}", $"--Cloud:GrpcPort={GrpcPort}",
                "--Cloud:SiloPort=25082", "--Cloud:GatewayPort=25083", "--Logging:LogLevel:Default=Error"]);
            await app.StartAsync();
            await MeasureAsync(300, 1, "warm-up");
            var runs = new List<object>();
            foreach (var points in (int[])[300, 10_000])
                foreach (var streams in (int[])[1, 8])
                    runs.Add(await MeasureAsync(points, streams, $"b{points}x{streams}"));
            await app.StopAsync();
            return Report.Print("ingest", new { seed = Seed, window = IngestClient.Window, runs });
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<object> MeasureAsync(int points, int streams, string name)
    {
        var load = new StationLoad(IngestClient.Tags, Seed);
        EncodedBlock[] blocks = [.. Enumerable.Range(0, 32).Select(_ => load.Next(points))];
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var from = TimeProvider.System.GetTimestamp();
        var clients = await Task.WhenAll(Enumerable.Range(0, streams)
            .Select(s => IngestClient.RunAsync($"http://127.0.0.1:{GrpcPort}", $"{name}-{s}", blocks, Measured)));
        var seconds = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        process.Refresh();
        var acknowledged = clients.Sum(c => c.Batches) * (double)points;
        double[] waits = [.. clients.SelectMany(c => c.WaitsMs).Order()];
        return new
        {
            points,
            streams,
            pointsPerSecond = Math.Round(acknowledged / seconds),
            cpuSecondsPerMillion = Math.Round((process.TotalProcessorTime - cpu).TotalSeconds / acknowledged * 1e6, 3),
            ackP50Ms = Math.Round(waits[waits.Length / 2], 2),
            ackP99Ms = Math.Round(waits[(int)(waits.Length * 0.99)], 2),
        };
    }
}
