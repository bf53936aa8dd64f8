using System.Text.Json;
using AirIsland.Quantities;
using AirIsland.Simulators.Clock;
using AirIsland.Simulators.Devices;

namespace AirIsland.Demo.Summary;

/// <summary>
/// The whole chain, headless and judged. As on a flow-meter test bench with standing start and stop: the plant stands still until every
/// register has been read and stored, runs for the asked time, stands still again until the last reads are stored. So the registers at
/// the first and last billed instant can be read from the devices themselves, to the last digit.
/// </summary>
internal sealed class SummaryRun(DemoOptions options, TimeProvider real)
{
    /// <summary>Real time for all parts to come up before station time starts to move.</summary>
    private static readonly TimeSpan Boot = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private static readonly (string Company, string Device)[] Meters = [("lifode", "lifode-flow"), ("songyuan", "songyuan-flow")];

    private readonly DemoPorts _ports = DemoPorts.Free();

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var data = FreshDirectory();
        var clock = (Start: DemoMemory.UsualStart(real), Origin: real.GetUtcNow() + Boot);
        var time = new ScaledTime(real, clock.Start, clock.Origin, options.Speed);
        var parts = new Parts(time, LogLevel.Warning);
        var (cloudData, edgeData) = (Path.Combine(data, "cloud"), Path.Combine(data, "edge"));

        using var simulators = parts.Simulators(_ports.Simulators());
        var plant = simulators.Services.GetRequiredService<PlantRunner>();
        plant.Hold();
        await simulators.StartAsync(cancellationToken);
        await using var cloud = Part(DemoRole.Cloud, clock, () => parts.Cloud(_ports.Cloud(cloudData)), _ports.Cloud(cloudData));
        await using var edge = Part(DemoRole.Edge, clock, () => parts.Edge(_ports.Edge(edgeData)), _ports.Edge(edgeData));
        using var client = new ChainClient(_ports.Web);
        await cloud.StartAsync(cancellationToken);
        await UntilAsync("the cloud answers", client.IsUpAsync, cancellationToken);
        await edge.StartAsync(cancellationToken);

        var bench = new PlantBench(plant, simulators.Services.GetRequiredService<DeviceBench>(), real);
        await UntilAsync(
            "every register is stored",
            async ct => await client.RatioAsync(clock.Start, time.GetUtcNow(), ct) is not null,
            cancellationToken);
        var before = bench.Read(Meters);
        plant.Release();
        var released = time.GetUtcNow();
        await RunAndKillAsync(cloud, edge, cancellationToken);
        plant.Hold();
        var held = time.GetUtcNow();
        var after = bench.Read(Meters);
        await UntilAsync("the last registers are stored",
            async ct => (await client.RatioAsync(clock.Start, time.GetUtcNow(), ct))?.To > held.AddSeconds(1), cancellationToken);

        // In order: meters fall silent, the edge hands over what it has, the cloud answers its last questions and closes.
        await bench.SilenceAsync();
        await edge.StopAsync();
        var report = await ReportAsync(client, clock.Start, time.GetUtcNow(), released, after.Since(before), cancellationToken);
        await cloud.StopAsync();
        await simulators.StopAsync(cancellationToken);
        var measured = Measured(edgeData);
        var (stored, duplicated) = await StoreAudit.CountAsync(cloudData, "moushan", cancellationToken);
        report = report with { Samples = new(bench.Served, measured, stored, measured - stored, duplicated) };
        Console.WriteLine(JsonSerializer.Serialize(report, Json));
        return report.Holds ? 0 : 1;
    }

    private async Task<ChainReport> ReportAsync(
        ChainClient client, DateTimeOffset start, DateTimeOffset end, DateTimeOffset released, BenchReading passed,
        CancellationToken cancellationToken)
    {
        var ratio = await client.RatioAsync(start, end, cancellationToken);
        var companies = new List<ChainReport.CompanyFigure>();
        foreach (var (company, _) in Meters)
        {
            var (volume, amount) = await client.BillAsync(company, start, cancellationToken);
            companies.Add(new(company, passed.Registers[company], volume, amount));
        }
        // The truth in the reference state in which the chain answers.
        var state = ReferenceState.Parse(ratio?.State ?? ReferenceState.Normal.Name);
        return new(
            new(0, 0, 0, 0, 0),
            new(ratio?.Ratio, Math.Round((decimal)passed.KWhPerM3(state), 6, MidpointRounding.ToEven), state.Name),
            [.. companies],
            new(
                await client.LeakAsync(released, end, cancellationToken),
                Math.Round(passed.LeakM3PerMin(ReferenceState.Normal), 4)),
            options.Kills.Length);
    }

    private async Task RunAndKillAsync(IChainPart cloud, IChainPart edge, CancellationToken cancellationToken)
    {
        var from = real.GetTimestamp();
        foreach (var kill in options.Kills)
        {
            await DelayUntilAsync(from, kill.After, cancellationToken);
            await (kill.Part == DemoRole.Edge ? edge : cloud).KillAndRestartAsync(cancellationToken);
        }
        await DelayUntilAsync(from, options.Duration ?? TimeSpan.FromSeconds(40), cancellationToken);
    }

    private async Task DelayUntilAsync(long from, TimeSpan after, CancellationToken cancellationToken)
    {
        var left = after - real.GetElapsedTime(from);
        if (left > TimeSpan.Zero) await Task.Delay(left, real, cancellationToken);
    }

    private IChainPart Part(DemoRole role, (DateTimeOffset Start, DateTimeOffset Origin) clock, Func<IHost> build, string[] settings) =>
        options.Kills.Length == 0 ? new HostPart(build) : new ChildPart(role, options, clock, settings);

    /// <summary>The directory asked for, or a new one inside it when it already holds something: two runs share no station time.</summary>
    private string FreshDirectory()
    {
        var directory = options.Data;
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            directory = Path.Combine(directory, $"run-{real.GetUtcNow():yyyyMMdd-HHmmssfff}");
        Directory.CreateDirectory(directory);
        return directory;
    }

    private static long Measured(string edgeData)
    {
        using var status = JsonDocument.Parse(File.ReadAllText(Path.Combine(edgeData, "status.json")));
        return status.RootElement.GetProperty("outbox").GetProperty("measured").GetInt64();
    }

    private async Task UntilAsync(string what, Func<CancellationToken, Task<bool>> holds, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        while (!await HoldsAsync(holds, limit.Token))
        {
            if (limit.IsCancellationRequested) throw new TimeoutException($"waited {Patience} until {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(100), real, CancellationToken.None);
        }
    }

    private static async Task<bool> HoldsAsync(Func<CancellationToken, Task<bool>> holds, CancellationToken cancellationToken)
    {
        try
        {
            return await holds(cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // The cloud is on its way up, or the limit was reached: the loop looks at the limit.
            return false;
        }
    }
}
