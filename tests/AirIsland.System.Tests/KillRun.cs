using System.Globalization;
using System.Text.Json;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.SystemTests;

/// <summary>
/// A real edge process that is killed (SIGKILL) at seeded moments while it sends to a real cloud process, over mutual TLS; then the store
/// is read back, every sample by tag and instant, and held against what the outbox accepted and what the devices served.
/// </summary>
internal sealed class KillRun(int seed) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchDirectory _data = new();
    private readonly CountingDevices _devices = new();
    private readonly int[] _ports = FreePorts.Of(4);
    private readonly Random _random = new(seed);
    private int _unacknowledged;

    /// <summary>Kills the edge that often, ends everything in order, and counts.</summary>
    public async Task<KillCount> RunAsync(int kills)
    {
        using (var ca = DemoProcess.StartProgram("AirIsland.Cloud", "ca", "--out", PathOf("pki"), "--edge", "edge-1"))
            Assert.Equal(0, await ca.EndAsync(Patience));
        WriteSite();
        using var cloud = DemoProcess.StartProgram("AirIsland.Cloud", CloudArguments());
        await cloud.SaysAsync("Application started", Patience);
        for (var kill = 0; kill < kills; kill++) await KillAsync();
        using (var last = DemoProcess.StartProgram("AirIsland.Edge", "--config", PathOf("site.json")))
        {
            await last.SaysAsync("came up", Patience);
            await Task.Delay(1000);
            await last.InterruptAsync();
            Assert.Equal(0, await last.EndAsync(Patience));
        }
        await cloud.InterruptAsync();
        Assert.Equal(0, await cloud.EndAsync(Patience));
        return await CountAsync(kills);
    }

    public async ValueTask DisposeAsync()
    {
        await _devices.DisposeAsync();
        _data.Dispose();
    }

    private async Task KillAsync()
    {
        using var edge = DemoProcess.StartProgram("AirIsland.Edge", "--config", PathOf("site.json"));
        // One kill in ten comes while it starts.
        if (_random.Next(10) == 0)
        {
            await Task.Delay(_random.Next(1500));
        }
        else
        {
            await edge.SaysAsync("came up", Patience);
            await Task.Delay(_random.Next(800));
        }
        edge.Kill();
        _ = await edge.EndAsync(Patience);
        if (Pending() > 0) _unacknowledged++;
    }

    private async Task<KillCount> CountAsync(int kills)
    {
        using var status = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf("edge/status.json")));
        var outbox = status.RootElement.GetProperty("outbox");
        Assert.Equal(0, outbox.GetProperty("pending").GetInt64());
        var (stored, duplicated) = (0L, 0L);
        using var store = new EmbeddedTelemetryStore(new() { Directory = PathOf("cloud") }, NullLogger<EmbeddedTelemetryStore>.Instance);
        foreach (var tag in await store.TagsAsync(new StationId("site"), default))
        {
            var (instants, replies) = (new HashSet<Instant>(), new HashSet<long?>());
            await foreach (var sample in store.Read(tag, NodaConstants.UnixEpoch, Instant.FromUtc(9998, 1, 1, 0, 0), default))
            {
                // The same reply twice is a duplicate, also under another instant.
                if (instants.Add(sample.At) & (sample.Count is null || replies.Add(sample.Count))) stored++;
                else duplicated++;
            }
        }
        var measured = outbox.GetProperty("measured").GetInt64();
        return new(seed, kills, _unacknowledged, _devices.Served, measured, stored, measured - stored, duplicated);
    }

    // What a reopened outbox would find: SQLite recovers it the same way.
    private long Pending()
    {
        if (!File.Exists(PathOf("edge/outbox.db"))) return 0;
        using var db = new SqliteConnection($"Data Source={PathOf("edge/outbox.db")};Pooling=False");
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'lane'";
        if ((long)command.ExecuteScalar()! == 0) return 0;
        command.CommandText = "SELECT coalesce(sum(appended - acknowledged), 0) FROM lane";
        return (long)command.ExecuteScalar()!;
    }

    private void WriteSite()
    {
        Directory.CreateDirectory(PathOf("profiles"));
        File.WriteAllText(PathOf("profiles/counting.json"), CountingDevices.Profile);
        var devices = Enumerable.Range(1, CountingDevices.Units).Select(n => new
        {
            Id = $"unit-{n}",
            Asset = $"unit-{n}",
            Profile = "counting",
            Endpoint = $"127.0.0.1:{_devices.Port}",
            Unit = n,
        });
        var tls = new { Ca = PathOf("pki/ca.pem"), Certificate = PathOf("pki/edge-1.pem"), Key = PathOf("pki/edge-1.key") };
        var edge = new
        {
            Id = "edge-1",
            Station = "site",
            Cloud = string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_ports[1]}"),
            Data = PathOf("edge"),
            Profiles = PathOf("profiles"),
            Devices = devices,
            // Small and frequent batches: a kill finds some on the way.
            Pipeline = new { BatchPoints = 100, BatchAge = "00:00:00.05" },
            Outbox = new { ReserveBytes = 0 },
            Uplink = new { Tls = tls },
        };
        File.WriteAllText(PathOf("site.json"), JsonSerializer.Serialize(new { Edge = edge }));
    }

    private string[] CloudArguments() =>
    [
        $"--Cloud:Data={PathOf("cloud")}", "--Cloud:Site=", $"--Cloud:HttpPort={_ports[0]}", $"--Cloud:GrpcPort={_ports[1]}",
        $"--Cloud:SiloPort={_ports[2]}", $"--Cloud:GatewayPort={_ports[3]}", $"--Cloud:Tls:Certificate={PathOf("pki/cloud.pem")}",
        $"--Cloud:Tls:Key={PathOf("pki/cloud.key")}", $"--Cloud:Tls:ClientCa={PathOf("pki/ca.pem")}",
        "--Cloud:Edges:edge-1:0=site",
        // The host says at this level that it has started.
        "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information",
    ];

    private string PathOf(string file) => Path.Combine(_data.Path, file);
}
