using System.Diagnostics;
using System.Globalization;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Proto.Columns;
using Microsoft.Extensions.Logging.Abstractions;

namespace AirIsland.Benchmarks;

/// <summary>
/// The outbox on the disk of this directory: durable batches a second, one by one and with group commit; bytes a point on the wire and on
/// the disk; and what the agent takes in memory at rest, with 300 tags whose device does not answer.
/// </summary>
internal static class OutboxBenchmark
{
    private const int Tags = 300;
    private const int Seed = 42;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync()
    {
        var directory = Directory.CreateDirectory(Path.Combine(Environment.CurrentDirectory, $"outbox-{Guid.NewGuid():N}"));
        try
        {
            var memory = await IdleMemoryAsync(directory.CreateSubdirectory("agent").FullName);
            var alone = await AppendAsync(directory.CreateSubdirectory("alone").FullName, 1);
            var grouped = await AppendAsync(directory.CreateSubdirectory("grouped").FullName, 64);
            var (small, large) = (Wire(500), Wire(10_000));
            var figures = new
            {
                seed = Seed,
                tags = Tags,
                pointsABatch = 500,
                appendsPerSecond = alone,
                appendsPerSecondGrouped = grouped,
                wireBytesPerPoint500 = small,
                wireBytesPerPoint10000 = large,
                diskBytesPerPointLinkDown = await DiskAsync(directory.CreateSubdirectory("down").FullName, isUp: false),
                diskBytesPerPointLinkUp = await DiskAsync(directory.CreateSubdirectory("up").FullName, isUp: true),
                idleMemoryMb = memory,
            };
            return Report.Print(
                "outbox", figures,
                new("wire bytes a point, batches of 500", small, 2.5, small <= 2.5),
                new("wire bytes a point, batches of 10,000", large, 1, large <= 1),
                new("idle memory, MB", memory, 120, memory <= 120));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static double Wire(int points)
    {
        var load = new StationLoad(Tags, Seed);
        EncodedBlock[] blocks = [.. Enumerable.Range(0, 200).Select(_ => load.Next(points))];
        return Math.Round((double)blocks.Sum(b => b.Payload.Length) / blocks.Sum(b => b.PointCount), 3);
    }

    private static async Task<double> AppendAsync(string directory, int atOnce)
    {
        await using var run = new Run(directory);
        var (load, batches) = (new StationLoad(Tags, Seed), 0);
        SealedBatch[] sealedBatches = [.. Enumerable.Range(0, 64).Select(_ => Run.Seal(load.Next(500)))];
        var from = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(from) < Measured)
        {
            for (var i = 0; i < atOnce; i++, batches++) await run.Store.AppendAsync(sealedBatches[batches % 64], CancellationToken.None);
            await run.Store.FlushAsync();
        }
        return Math.Round(batches / TimeProvider.System.GetElapsedTime(from).TotalSeconds);
    }

    private static async Task<double> DiskAsync(string directory, bool isUp)
    {
        var (load, points) = (new StationLoad(Tags, Seed), 0L);
        await using (var run = new Run(directory))
        {
            run.Store.Link.IsUp = isUp;
            for (var i = 0; i < 2000; i++)
            {
                var block = load.Next(500);
                points += block.PointCount;
                await run.Store.AppendAsync(Run.Seal(block), CancellationToken.None);
            }
        }
        // Closed: its WAL is in it.
        return Math.Round((double)new FileInfo(Path.Combine(directory, OutboxStore.FileName)).Length / points, 2);
    }

    /// <summary>Resident memory of the agent as a process of its own, a minute after its start.</summary>
    private static async Task<double> IdleMemoryAsync(string directory)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "AirIsland.Edge", "release", "AirIsland.Edge");
        var devices = string.Join(",\n", Enumerable.Range(0, 30).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$"""{ "Id": "meter-{{i}}", "Asset": "meter-{{i}}", "Profile": "idle", "Endpoint": "127.0.0.1:1", "Unit": {{i + 1}} }""")));
        var points = string.Join(",\n", Enumerable.Range(0, 10).Select(i => string.Create(CultureInfo.InvariantCulture,
            $$"""
            { "name": "Value{{i}}", "group": "fast", "kind": "level", "medium": "air", "unit": "MPa", "resolution": 0.01,
              "address": {{i * 2}}, "type": "float32" }
            """)));
        await File.WriteAllTextAsync(Path.Combine(directory, "idle.json"), $$"""
            { "id": "idle", "name": "idle", "source": "this benchmark", "protocol": "modbus", "groups": { "fast": "00:00:01" },
              "points": [ {{points}} ] }
            """);
        await File.WriteAllTextAsync(Path.Combine(directory, "edge.json"), $$"""
            { "Edge": { "Id": "idle", "Station": "idle", "Cloud": "http://127.0.0.1:1", "Data": "{{directory}}/data",
              "Profiles": "{{directory}}", "Devices": [ {{devices}} ] } }
            """);
        var start = new ProcessStartInfo(program, ["--config", Path.Combine(directory, "edge.json")]) { RedirectStandardOutput = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("the edge did not start");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        await Task.Delay(Settled, CancellationToken.None);
        if (process.HasExited) throw new InvalidOperationException($"the edge ended with {process.ExitCode}");
        process.Refresh();
        var memory = Math.Round(process.WorkingSet64 / 1e6, 1);
        process.Kill();
        await process.WaitForExitAsync();
        return memory;
    }

    private sealed class Run : IAsyncDisposable
    {
        private static readonly byte[] Catalogue = new byte[32];

        public Run(string directory)
        {
            var options = new OutboxOptions { Directory = directory, Owner = "benchmark", ReserveBytes = 0 };
            Store = new(options, new(Catalogue, [1]), TimeProvider.System, new(), NullLogger<OutboxStore>.Instance);
            _ = Store.StartAsync(CancellationToken.None);
        }

        public OutboxStore Store { get; }

        public static SealedBatch Seal(EncodedBlock block) => new(Catalogue, ScanContent.Levels, block, 0, []);

        public async ValueTask DisposeAsync()
        {
            await Store.StopAsync(CancellationToken.None);
            Store.Dispose();
        }
    }
}
