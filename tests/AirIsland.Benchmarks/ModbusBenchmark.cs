using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AirIsland.Edge;
using AirIsland.Edge.Metering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Benchmarks;

/// <summary>
/// 500 Modbus TCP devices in another process, 30 floats each in 3 blocks every 0.3 s, by the production path from driver to outbox: no
/// cloud is there, so all of it becomes backlog. Jitter is how far the distance of two consecutive polls of a device lies from the period,
/// measured at the device.
/// </summary>
internal static class ModbusBenchmark
{
    private const int Devices = 500;
    private const int Points = 30;
    private const int PeriodMs = 300;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] arguments)
    {
        var seconds = arguments is [var text] ? double.Parse(text, CultureInfo.InvariantCulture) : 60;
        var folder = Directory.CreateTempSubdirectory("airisland-modbus-").FullName;
        using var devices = StartDevices();
        try
        {
            var ports = JsonSerializer.Deserialize<int[]>(await LineAsync(devices)) ?? [];
            using var edge = EdgeApp.Build(["--config", Settings(folder, ports), "--Logging:LogLevel:Default=Warning"]);
            await edge.StartAsync();
            await Task.Delay(WarmUp);
            await DistancesAsync(devices);
            var code = await MeasureAsync(edge, devices, TimeSpan.FromSeconds(seconds));
            await edge.StopAsync();
            return code;
        }
        finally
        {
            devices.Kill();
            await devices.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> MeasureAsync(IHost edge, Process devices, TimeSpan duration)
    {
        var status = edge.Services.GetRequiredService<EdgeStatus>();
        using var process = Process.GetCurrentProcess();
        var (measured, bad, late, scans) = (status.Outbox.Measured, status.Outbox.Bad, status.Late, status.Scans);
        var (cpu, allocated, collections) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), GC.CollectionCount(0));
        var (devicesCpu, from) = (devices.TotalProcessorTime, TimeProvider.System.GetTimestamp());
        await Task.Delay(duration);
        process.Refresh();
        devices.Refresh();
        var wall = TimeProvider.System.GetElapsedTime(from).TotalSeconds;
        var tags = (status.Outbox.Measured - measured) / wall;
        var cores = (process.TotalProcessorTime - cpu).TotalSeconds / wall;
        double[] jitter = [.. (await DistancesAsync(devices)).Select(d => Math.Abs(d - PeriodMs)).Order()];
        var jitterP99 = jitter.Length == 0 ? double.PositiveInfinity : jitter[(int)(jitter.Length * 0.99)];
        var figures = new
        {
            tagsPerSecond = Math.Round(tags),
            edgeCores = Math.Round(cores, 3),
            jitterP99Ms = Math.Round(jitterP99, 1),
            jitterP50Ms = Math.Round(jitter.Length == 0 ? double.PositiveInfinity : jitter[jitter.Length / 2], 1),
            microsecondsPerTag = Math.Round(cores / tags * 1e6, 2),
            deviceCores = Math.Round((devices.TotalProcessorTime - devicesCpu).TotalSeconds / wall, 3),
            scans = status.Scans - scans,
            skipped = status.Late - late,
            badSamples = status.Outbox.Bad - bad,
            allocatedBytesPerTag = Math.Round((GC.GetTotalAllocatedBytes() - allocated) / wall / tags),
            collections = GC.CollectionCount(0) - collections,
            workingSetMb = process.WorkingSet64 >> 20,
            seconds = Math.Round(wall, 1),
            devices = Devices,
            pointsEach = Points,
            periodMs = PeriodMs,
        };
        return Report.Print(
            "modbus",
            figures,
            // Offered are 50,000 exactly: what lies across the ends of the window is no loss.
            new Bar("tags per second, 0.1 % for the window's ends", figures.tagsPerSecond, 50_000, tags >= 49_950),
            new Bar("edge cores", figures.edgeCores, 1, cores <= 1),
            new Bar("period jitter p99, ms", figures.jitterP99Ms, 50, jitterP99 <= 50));
    }

    private static Process StartDevices()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath ?? "dotnet", [ModbusDevices.Verb, $"{Devices}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("the devices did not start");
    }

    private static async Task<double[]> DistancesAsync(Process devices)
    {
        await devices.StandardInput.WriteLineAsync();
        return JsonSerializer.Deserialize<double[]>(await LineAsync(devices)) ?? [];
    }

    private static async Task<string> LineAsync(Process devices) =>
        await devices.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the devices are gone");

    private static string Settings(string folder, int[] ports)
    {
        var profiles = Directory.CreateDirectory(Path.Combine(folder, "profiles")).FullName;
        File.WriteAllText(Path.Combine(profiles, "floats.json"), JsonSerializer.Serialize(new
        {
            id = "floats",
            name = "30 floats in 3 blocks",
            source = "made for this benchmark",
            protocol = "modbus",
            groups = new { fast = TimeSpan.FromMilliseconds(PeriodMs) },
            points = Enumerable.Range(0, Points).Select(i => new
            {
                name = $"port-{i}/Temperature",
                group = "fast",
                kind = "level",
                medium = "water",
                unit = "Cel",
                resolution = "0.01",
                minimum = 0,
                maximum = 100,
                table = "holding",
                address = (i / 10 * 1000) + (i % 10 * 2),
                type = "float32",
                verified = true,
            }),
        }));
        var settings = Path.Combine(folder, "edge.json");
        File.WriteAllText(settings, JsonSerializer.Serialize(new
        {
            Edge = new
            {
                Id = "bench",
                Station = "bench",
                Cloud = "http://127.0.0.1:1",
                Data = Path.Combine(folder, "data"),
                Profiles = profiles,
                Devices = ports.Select((port, i) => new
                {
                    Id = $"d{i}",
                    Asset = $"a{i}",
                    Profile = "floats",
                    Endpoint = $"127.0.0.1:{port}",
                }),
            },
        }));
        return settings;
    }
}
