using System.Text.Json;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Outbox;
using AirIsland.Proto.Columns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>
/// A foreign publisher numbers its messages and repeats each until the broker acknowledges it; somebody kills the broker, or the edge. What
/// reached the edge is in its outbox once and in order; what the broker acknowledged and lost is listed by number.
/// </summary>
public class BrokerKilledTests
{
    private const int PerKill = 12;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("AIRISLAND_LONG") is not null;

    [ExternalTheory("mosquitto")]
    [InlineData(BrokerVersion.Mqtt5)]
    [InlineData(BrokerVersion.Mqtt311)]
    public async Task A_killed_broker_costs_nothing_that_reached_the_edge(BrokerVersion version) // app-service-configurable #318
    {
        var kills = IsLong ? 50 : 3;
        using var folder = new TempFolder();
        await using var broker = await Mosquitto.StartAsync("allow_anonymous true", "max_inflight_messages 1");
        var host = EdgeApp.Build(Arguments(folder, broker.Port, version));
        await host.StartAsync();
        // Once the broker has saved the session, it keeps for it what comes while the edge is away.
        var (random, number, acknowledged) = (new Random(7), await IsSavedAsync(host, broker), new List<int>());
        for (var kill = 0; kill < kills; kill++)
        {
            var until = number + PerKill;
            // A life of more than a second, after which the broker saves what it keeps.
            var killing = KillAsync(broker, random.Next(500, 1500));
            for (; number < until; await Task.Delay(100)) acknowledged.Add(await PublishAsync(broker, ++number));
            await killing;
        }
        var last = await ComesThroughAsync(host, broker, number);
        var status = host.Services.GetRequiredService<EdgeStatus>();
        await StopAsync(host);

        var (stored, again) = (Stored(folder), status.Redelivered);
        var lost = acknowledged.Except(stored).ToList();
        await ReportAsync(version, kills, last, again, lost);
        Assert.Equal(stored.Distinct().Order(), stored);
        Assert.Subset(Enumerable.Range(1, last).ToHashSet(), stored.ToHashSet());
        Assert.True(lost.Count <= acknowledged.Count / 2, $"the broker lost {string.Join(", ", lost)} of {acknowledged.Count}");
    }

    [ExternalFact("mosquitto")]
    public async Task A_killed_edge_loses_and_doubles_nothing() // MQTTnet #374, #665, #2249
    {
        using var folder = new TempFolder();
        await using var broker = await Mosquitto.StartAsync();
        var arguments = Arguments(folder, broker.Port, BrokerVersion.Mqtt5);
        var (random, number) = (new Random(11), 0);
        for (var kill = 0; kill < (IsLong ? 20 : 3); kill++)
        {
            using var edge = EdgeProcess.Start(arguments);
            await edge.IsRunningAsync();
            // The first time the broker must have heard of the session before anything is published.
            await Eventually.HoldsAsync(() => edge.Output.Any(l => l.Contains("was connected", StringComparison.Ordinal)), "connected", 60);
            for (var until = number + PerKill; number < until;) await PublishAsync(broker, ++number);
            await Task.Delay(random.Next(400));
            // Disposed is killed: what it took and did not commit, the broker has still.
        }
        for (var i = 0; i < PerKill; i++) await PublishAsync(broker, ++number);
        var host = EdgeApp.Build(arguments);
        await host.StartAsync();
        Assert.Equal(number + 1, await ComesThroughAsync(host, broker, number));
        await StopAsync(host);

        Assert.Equal(Enumerable.Range(1, number + 1), Stored(folder));
    }

    [ExternalFact("mosquitto")]
    public async Task A_broker_that_lets_one_message_fly_is_not_slowed_to_a_batch_a_message()
    {
        using var folder = new TempFolder();
        await using var broker = await Mosquitto.StartAsync("allow_anonymous true", "max_inflight_messages 1");
        var host = EdgeApp.Build(Arguments(folder, broker.Port, BrokerVersion.Mqtt311));
        await host.StartAsync();
        var number = await IsSavedAsync(host, broker);
        var (status, from) = (host.Services.GetRequiredService<EdgeStatus>(), TimeProvider.System.GetTimestamp());
        var before = status.Outbox.Measured;

        for (var i = 0; i < 60; i++) await PublishAsync(broker, ++number);
        await Eventually.HoldsAsync(() => status.Outbox.Measured >= before + (3 * 60), "all messages", 90);

        // A batch waits for a second: sixty of them would take a minute.
        Assert.InRange(TimeProvider.System.GetElapsedTime(from).TotalSeconds, 0, 30);
        await StopAsync(host);
        // One that was published before them may be among the sixty that were counted: then the last is still with the broker.
        var stored = Stored(folder);
        Assert.Equal(Enumerable.Range(stored[0], stored.Count), stored);
        Assert.InRange(number - stored[^1], 0, number - 60);
    }

    private static string[] Arguments(TempFolder folder, int port, BrokerVersion version)
    {
        var config = folder.File("site.json");
        File.WriteAllText(config, $$"""
            { "Edge": { "Id": "edge-1", "Station": "site", "Cloud": "http://127.0.0.1:1", "Data": "{{folder.File("data")}}",
              "Broker": { "Port": {{port}}, "Version": "{{version}}", "ShortestRest": "00:00:00.05", "LongestRest": "00:00:00.3" },
              "Uplink": { "DrainWithin": "00:00:00.2" }, "Outbox": { "ReserveBytes": 0 },
              "Devices": [ { "Id": "flow", "Asset": "hall", "Profile": "mqtt-flow", "Topic": "site/flow" } ] } }
            """);
        return ["--config", config];
    }

    /// <summary>Publishes until the broker acknowledges; mosquitto_pub fails while it is down.</summary>
    private static async Task<int> PublishAsync(Mosquitto broker, int number)
    {
        var message = $$"""{"ts":{{1_767_571_200_000 + number}},"flow":{{number}},"pressure":0.7,"temperature":20}""";
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await broker.TryPublishAsync("site/flow/level", message)) await Task.Delay(20, deadline.Token);
        return number;
    }

    private static async Task KillAsync(Mosquitto broker, int afterMs)
    {
        await Task.Delay(afterMs);
        await broker.KillAsync();
        await broker.RunAsync();
    }

    /// <summary>Publishes until one comes through, and waits until the broker has saved whom it was for. Gives its number.</summary>
    private static async Task<int> IsSavedAsync(IHost host, Mosquitto broker)
    {
        var (status, number) = (host.Services.GetRequiredService<EdgeStatus>(), 0);
        for (; status.Outbox.Measured == 0 && number < 500; await Task.Delay(50)) await PublishAsync(broker, ++number);
        await Task.Delay(1500);
        return number;
    }

    /// <summary>Publishes on until one comes through: then all that is still to come has come. Gives its number.</summary>
    private static async Task<int> ComesThroughAsync(IHost host, Mosquitto broker, int number)
    {
        var status = host.Services.GetRequiredService<EdgeStatus>();
        await Eventually.HoldsAsync(() => status.Scans > 0, "something of the broker", 60);
        await Task.Delay(1000);
        var before = status.Outbox.Measured;
        await PublishAsync(broker, ++number);
        await Eventually.HoldsAsync(() => status.Outbox.Measured > before, "the last message", 60);
        return number;
    }

    private static async Task StopAsync(IHost host)
    {
        await host.StopAsync();
        await ((IAsyncDisposable)host).DisposeAsync();
    }

    // The flows in the file, in the order they were stored; a flow is its message's number.
    private static List<int> Stored(TempFolder folder)
    {
        var options = new OutboxOptions { Directory = folder.File("data"), Owner = "edge-1/site", ReserveBytes = 0 };
        using var store = new OutboxStore(options, OutboxBench.Catalogue, TimeProvider.System, new(), new LogLines<OutboxStore>());
        return
        [
            .. from n in Enumerable.Range(1, (int)store.State.Backfill.Appended)
               let batch = store.Read(Lane.Backfill, n)
               from g in BlockReader.Read(batch.Block.Payload, batch.Block.Encoding).Groups
               from c in g.Columns
               where c.Tag == 3
               from i in Enumerable.Range(0, c.Counts.Length)
               where c.HasValue(i)
               select (int)(c.Counts[i] / 1000),
        ];
    }

    private static async Task ReportAsync(BrokerVersion version, int kills, int published, long again, List<int> lost)
    {
        if (!IsLong) return;
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "AirIsland.sln"))) directory = directory.Parent;
        var file = Path.Combine(directory?.FullName ?? ".", "docs", "reports", $"broker-{version.ToString().ToLowerInvariant()}.json");
        var report = new
        {
            report = "broker killed",
            date = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", null),
            cores = Environment.ProcessorCount,
            version = version.ToString(),
            kills,
            published,
            redelivered = again,
            acknowledgedAndLostByTheBroker = lost,
        };
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(report, Json) + "\n");
    }
}
