using System.Text.Json;
using AirIsland.Cloud.Tests.Servers;
using AirIsland.Domain.Stations;
using AirIsland.Storage.Telemetry.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.SystemTests;

/// <summary>
/// Real edge processes, one a station, that send to the cloud processes of one cluster on one PostgreSQL; then the store is read back,
/// every sample by tag and instant, and held against what the outboxes accepted.
/// </summary>
internal sealed class ClusterRun : IAsyncDisposable
{
    private const int UnitsAnEdge = CountingDevices.Units / 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly ScratchDirectory _data = new();
    private readonly CountingDevices _devices = new();
    private readonly PostgresServer _server = new();
    private readonly List<ClusterNode> _nodes = [];
    private readonly Dictionary<string, DemoProcess> _edges = [];
    private string _database = "";

    public IReadOnlyList<string> Stations { get; } = ["north", "south", "east", "west"];

    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>An empty database and so many cloud processes, all started at once.</summary>
    public async Task StartAsync(int nodes, int running)
    {
        await _server.InitializeAsync();
        _database = await _server.NewDatabaseAsync();
        await File.WriteAllTextAsync(PathOf("stations.json"), JsonSerializer.Serialize(new
        {
            stations = Stations.Select(s => new
            {
                id = s,
                name = s,
                nameEn = s,
                zone = "Asia/Shanghai",
                energyTags = Array.Empty<string>(),
                assets = Array.Empty<string>(),
                companies = Array.Empty<string>(),
            }),
        }));
        for (var n = 0; n < nodes; n++) _nodes.Add(new(_database, PathOf("stations.json")));
        foreach (var node in _nodes.Take(running)) node.Start();
        foreach (var node in _nodes.Take(running)) await node.StartedAsync();
    }

    /// <summary>Each edge knows every node, each begins with another.</summary>
    public async Task StartEdgesAsync()
    {
        Directory.CreateDirectory(PathOf("profiles"));
        await File.WriteAllTextAsync(PathOf("profiles/counting.json"), CountingDevices.Profile);
        for (var e = 0; e < Stations.Count; e++)
        {
            var clouds = _nodes.Select((_, n) => _nodes[(n + e) % _nodes.Count].Grpc);
            await File.WriteAllTextAsync(PathOf($"{Stations[e]}.json"), Site(e, string.Join(' ', clouds)));
            _edges[Stations[e]] = DemoProcess.StartProgram("AirIsland.Edge", "--config", PathOf($"{Stations[e]}.json"));
        }
    }

    /// <summary>The process in which the station came to live last; waits until there is one.</summary>
    public async Task<ClusterNode> HomeAsync(string station)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(from) < Patience)
        {
            if (_nodes.Where(n => n.IsRunning).MaxBy(n => n.TimesOf(station)) is { } home && home.TimesOf(station) > 0) return home;
            await Task.Delay(100);
        }
        Assert.Fail($"station {station} lives nowhere:\n{string.Join('\n', _nodes.Select(n => n.All))}");
        return null;
    }

    public async Task<IReadOnlyList<string>> StationsOfAsync(ClusterNode node)
    {
        var found = new List<string>();
        foreach (var station in Stations)
            if (await HomeAsync(station) == node) found.Add(station);
        return found;
    }

    /// <summary>Ends the edges in order, everything acknowledged, and counts.</summary>
    public async Task<ClusterCount> EndAsync()
    {
        foreach (var edge in _edges.Values) await edge.InterruptAsync();
        foreach (var edge in _edges.Values) Assert.Equal(0, await edge.EndAsync(Patience));
        var (measured, stored, duplicated) = (0L, 0L, 0L);
        using var store = new PostgresTelemetryStore(
            new() { ConnectionString = _database }, NullLogger<PostgresTelemetryStore>.Instance);
        foreach (var station in Stations)
        {
            using var status = JsonDocument.Parse(await File.ReadAllTextAsync(PathOf($"{station}/status.json")));
            var outbox = status.RootElement.GetProperty("outbox");
            Assert.Equal(0, outbox.GetProperty("pending").GetInt64());
            measured += outbox.GetProperty("measured").GetInt64();
            foreach (var tag in await store.TagsAsync(new StationId(station), default))
            {
                var (instants, replies) = (new HashSet<Instant>(), new HashSet<long?>());
                await foreach (var sample in store.Read(tag, NodaConstants.UnixEpoch, Instant.FromUtc(9998, 1, 1, 0, 0), default))
                {
                    // The same reply twice is a duplicate, also under another instant.
                    if (instants.Add(sample.At) & (sample.Count is null || replies.Add(sample.Count))) stored++;
                    else duplicated++;
                }
            }
        }
        return new(measured, stored, measured - stored, duplicated);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _edges.Values) edge.Dispose();
        foreach (var node in _nodes) node.Dispose();
        await _devices.DisposeAsync();
        await _server.DisposeAsync();
        _data.Dispose();
    }

    private string Site(int edge, string clouds) => JsonSerializer.Serialize(new
    {
        Edge = new
        {
            Id = $"edge-{edge + 1}",
            Station = Stations[edge],
            Cloud = clouds,
            Data = PathOf(Stations[edge]),
            Profiles = PathOf("profiles"),
            Devices = Enumerable.Range((edge * UnitsAnEdge) + 1, UnitsAnEdge).Select(n => new
            {
                Id = $"unit-{n}",
                Asset = $"unit-{n}",
                Profile = "counting",
                Endpoint = $"127.0.0.1:{_devices.Port}",
                Unit = n,
            }),
            // Small and frequent batches: a kill finds some on the way.
            Pipeline = new { BatchPoints = 100, BatchAge = "00:00:00.1" },
            Outbox = new { ReserveBytes = 0 },
        },
    });

    private string PathOf(string file) => Path.Combine(_data.Path, file);
}
