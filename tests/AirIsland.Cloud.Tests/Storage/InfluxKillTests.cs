using AirIsland.Cloud.Tests.Servers;
using AirIsland.Storage.Telemetry;
using AirIsland.Storage.Telemetry.Embedded;
using AirIsland.Storage.Telemetry.InfluxDb;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using static AirIsland.Cloud.Tests.Storage.Batches;

namespace AirIsland.Cloud.Tests.Storage;

/// <summary>kill -9 of influxdb while batches come; an edge sends again what was not acknowledged.</summary>
[NeedsProgram("influxd")]
public sealed class InfluxKillTests : IAsyncLifetime
{
    private readonly InfluxServer _server = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("airisland-influx-kill-").FullName;

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [ContractFact]
    public async Task A_killed_server_loses_nothing_acknowledged_and_doubles_nothing()
    {
        const int PointsABatch = 100;
        await using var store = Open();
        await store.KeepAsync(Catalogue, default);
        var (next, refused) = (1ul, 0);
        for (var kill = 0; kill < 3; kill++)
        {
            var deadline = next + 20;
            var killing = Task.Run(async () =>
            {
                await Task.Delay(20 * (kill + 1));
                await _server.KillAsync();
                await _server.StartAsync();
            });
            for (var sent = 0; sent < 20_000 && (next < deadline || !killing.IsCompleted); sent++)
            {
                var answer = await await store.AppendAsync(
                    Received(next, Flow, (int)(next - 1) * PointsABatch, (long)(next - 1) * PointsABatch, points: PointsABatch), default);
                if (answer.Status == AppendStatus.Stored) next++;
                else
                {
                    Assert.Equal(AppendStatus.Unavailable, answer.Status);
                    refused++;
                    await Task.Delay(20);
                }
            }
            await killing;
        }

        var counts = await store.Read(Flow, Noon, Noon + Duration.FromDays(30), default).Select(s => s.Count ?? -1).ToListAsync();
        Assert.Equal(Enumerable.Range(0, (int)(next - 1) * PointsABatch).Select(i => (long)i), counts);
        Assert.True(refused > 0, "no batch met the server while it was down");
    }

    private InfluxDbTelemetryStore Open() => new(
        new EmbeddedTelemetryStore(new EmbeddedOptions { Directory = _directory }, NullLogger<EmbeddedTelemetryStore>.Instance),
        new InfluxDbOptions { Url = _server.Url, Database = "killed", Tries = 1 },
        NullLogger<InfluxDbTelemetryStore>.Instance);
}
