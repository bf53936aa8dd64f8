using AirIsland.Cloud;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Uplink;
using AirIsland.Proto.Catalogues;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirIsland.Benchmarks;

/// <summary>
/// What the end of an outage is like, on the production path: a station of 300 tags a second has filled its outbox in virtual time, the
/// link comes up, and the backlog drains while the station goes on in real time. Drained is station time of the backlog a real second;
/// latency is from the offer to the outbox until the cloud's acknowledgement. Edge and cloud share the process and the cores.
/// </summary>
internal static class BacklogBenchmark
{
    private const int Seed = 42;
    private const int HttpPort = 25090;
    private const int GrpcPort = 25091;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static async Task<int> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("airisland-backlog-").FullName;
        try
        {
            await using var app = CloudApp.Build([
                $"--Cloud:Data={directory}/cloud", "--Cloud:Site=", $"--Cloud:HttpPort={HttpPort}", $"--Cloud:GrpcPort={GrpcPort}",
                "--Cloud:SiloPort=25092", "--Cloud:GatewayPort=25093", "--Logging:LogLevel:Default=Error"]);
            await app.StartAsync();
            await RunAsync("warm-up", directory, TimeSpan.FromMinutes(1), GrpcPort);
            var day = await RunAsync("day", directory, TimeSpan.FromHours(24), GrpcPort);
            using var line = new SlowLine(GrpcPort, bitsPerSecond: 256_000, TimeSpan.FromMilliseconds(75));
            var slow = await RunAsync("slow", directory, TimeSpan.FromMinutes(20), line.Port);
            await app.StopAsync();
            return Report.Print(
                "backlog",
                new { seed = Seed, tags = IngestClient.Tags, day, slow = new { kbitPerSecond = 256, roundTripMs = 150, run = slow } },
                AtLeast("dayDrainedTimesRealTime", day.DrainedTimesRealTime, 10),
                AtMost("dayLiveP99S", day.LiveP99S, 2),
                AtLeast("slowDrainedTimesRealTime", slow.DrainedTimesRealTime, 10),
                AtMost("slowLiveP99S", slow.LiveP99S, 2),
                AtMost("dropped", day.Dropped + slow.Dropped, 0));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Bar AtLeast(string name, double value, double limit) => new(name, value, limit, value >= limit);

    private static Bar AtMost(string name, double value, double limit) => new(name, value, limit, value <= limit);

    private static async Task<Figures> RunAsync(string edge, string directory, TimeSpan outage, int port)
    {
        var (time, status, load) = (new StationTime(), new EdgeStatus(), new StationLoad(IngestClient.Tags, Seed));
        var (id, canonical) = CatalogueId.Canonicalise(IngestClient.Catalogue(edge));
        var options = new OutboxOptions { Directory = Directory.CreateDirectory(Path.Combine(directory, edge)).FullName, Owner = edge };
        using var outbox = new OutboxStore(options, new(id, canonical), time, status, NullLogger<OutboxStore>.Instance);
        await outbox.StartAsync(default);
        var from = TimeProvider.System.GetTimestamp();
        for (var second = 0; second < outage.TotalSeconds; second++, time.Advance()) await AppendAsync();
        await outbox.FlushAsync();
        var filling = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        var bytes = outbox.State.PendingBytes;

        using var uplink = new CloudUplink(
            new(edge, "bench", new Uri($"http://127.0.0.1:{port}")), new UplinkOptions(), outbox, status, NullLogger<CloudUplink>.Instance);
        from = TimeProvider.System.GetTimestamp();
        await uplink.StartAsync(default);
        using var ending = new CancellationTokenSource();
        var watching = WatchAsync(outbox, AppendAsync, ending.Token);
        while (outbox.State.Backfill.Pending > 0 && TimeProvider.System.GetElapsedTime(from) < Patience) await Task.Delay(10);
        if (outbox.State.Backfill.Pending is var left and > 0) throw new TimeoutException($"{edge}: {left} batches left after {Patience}");
        var draining = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        // Enough live batches to judge by, also after a short drain.
        if (draining < Measured.TotalSeconds) await Task.Delay(Measured - TimeSpan.FromSeconds(draining));
        await ending.CancelAsync();
        double[] waits = [.. (await watching).Order()];
        await uplink.StopAsync(default);
        await outbox.StopAsync(default);
        return new(
            outage.TotalHours, Math.Round(filling, 1), Math.Round(draining, 2), Math.Round(outage.TotalSeconds / draining, 1),
            Math.Round(bytes / (outage.TotalSeconds * IngestClient.Tags), 2), waits.Length, Math.Round(waits[waits.Length / 2], 3),
            Math.Round(waits[(int)(waits.Length * 0.99)], 3), status.Dropped);

        ValueTask AppendAsync() => outbox.AppendAsync(new(id, ScanContent.Levels, load.Next(IngestClient.Tags), 0, []), default);
    }

    /// <summary>Appends a scan four times a second once the link is up; gives the seconds until each was acknowledged.</summary>
    private static async Task<List<double>> WatchAsync(OutboxStore outbox, Func<ValueTask> appendAsync, CancellationToken ending)
    {
        var (waits, offered, acknowledged) = (new List<double>(), new Queue<long>(), 0L);
        while (!outbox.Link.IsUp) await Task.Delay(5, CancellationToken.None);
        for (var next = TimeProvider.System.GetTimestamp(); !ending.IsCancellationRequested || offered.Count > 0;)
        {
            if (!ending.IsCancellationRequested && TimeProvider.System.GetElapsedTime(next) >= TimeSpan.FromMilliseconds(250))
            {
                next = TimeProvider.System.GetTimestamp();
                offered.Enqueue(next);
                await appendAsync();
            }
            for (; acknowledged < outbox.State.Live.Acknowledged; acknowledged++)
                waits.Add(TimeProvider.System.GetElapsedTime(offered.Dequeue()).TotalSeconds);
            await Task.Delay(5, CancellationToken.None);
        }
        return waits;
    }

    private sealed record Figures(
        double OutageHours, double FilledInS, double DrainedInS, double DrainedTimesRealTime, double BytesPerPoint, int LiveBatches,
        double LiveP50S, double LiveP99S, long Dropped);

    /// <summary>Station time, a second at a time.</summary>
    private sealed class StationTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.FromUnixTimeMilliseconds(1_750_000_000_000);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance() => _now += TimeSpan.FromSeconds(1);
    }
}
