using System.Globalization;
using AirIsland.Domain.Stations;
using AirIsland.Quantities;
using AirIsland.Storage.Telemetry.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;

namespace AirIsland.SystemTests;

/// <summary>The sample settings of a whole station, as they are shipped, against the simulated station they were written for.</summary>
public sealed class IslandTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ScratchDirectory _data = new();

    [Fact]
    public async Task Every_meter_of_a_whole_station_is_read_over_four_protocols()
    {
        var ports = FreePorts.Of(5);
        using var simulators = DemoProcess.StartProgram(
            "AirIsland.Simulators", "--plant:scenario", "island", Setting("--broker:port", ports[0]));
        using var cloud = DemoProcess.StartProgram(
            "AirIsland.Cloud", $"--Cloud:Data={PathOf("cloud")}", "--Cloud:Site=", Setting("--Cloud:HttpPort", ports[1]),
            Setting("--Cloud:GrpcPort", ports[2]), Setting("--Cloud:SiloPort", ports[3]), Setting("--Cloud:GatewayPort", ports[4]),
            // The host says at this level that it has started.
            "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Information");
        await simulators.SaysAsync("Application started", Patience);
        await cloud.SaysAsync("Application started", Patience);
        using var edge = DemoProcess.StartProgram(
            "AirIsland.Edge", "--config", Path.Combine(AppContext.BaseDirectory, "island.yaml"), $"--Edge:Data={PathOf("edge")}",
            Setting("--Edge:Broker:Port", ports[0]), $"--Edge:Cloud=http://127.0.0.1:{ports[2]}", "--Edge:Health:StatusEvery=00:00:05");
        await edge.SaysAsync("came up", Patience);
        // Registers are read at each full minute; gateways take some seconds to dial in.
        await Task.Delay(TimeSpan.FromSeconds(75));
        await edge.SaysAsync("30 devices, all answer", Patience);
        foreach (var program in new[] { edge, cloud, simulators })
        {
            await program.InterruptAsync();
            Assert.True(await program.EndAsync(Patience) == 0, program.All);
        }

        var tags = await GoodSamplesAsync();

        Assert.InRange(tags.Count, 280, 320);
        // Tariffs are read each quarter of an hour.
        var silent = tags.Where(t => t.Value == 0).Select(t => t.Key)
            .Where(t => !t.Contains("EnergyTariff", StringComparison.Ordinal)).ToArray();
        Assert.True(silent.Length == 0, $"no good sample of {string.Join(", ", silent)}\n{edge.All}");
        foreach (var company in new[] { "moulding", "weaving", "stamping", "bottling", "painting", "packaging", "electronics", "workshop" })
            Assert.Contains($"island/{company}/AccumulatedVolume", tags.Keys);
    }

    public void Dispose() => _data.Dispose();

    private async Task<Dictionary<string, int>> GoodSamplesAsync()
    {
        using var store = new EmbeddedTelemetryStore(new() { Directory = PathOf("cloud") }, NullLogger<EmbeddedTelemetryStore>.Instance);
        var good = new Dictionary<string, int>();
        foreach (var tag in await store.TagsAsync(new StationId("island"), default))
        {
            good[$"{tag.Id}"] = 0;
            await foreach (var sample in store.Read(tag, NodaConstants.UnixEpoch, Instant.FromUtc(9998, 1, 1, 0, 0), default))
            {
                if (sample.Quality == Quality.Good) good[$"{tag.Id}"]++;
            }
        }
        return good;
    }

    private string PathOf(string name) => Path.Combine(_data.Path, name);

    private static string Setting(string name, int port) => string.Create(CultureInfo.InvariantCulture, $"{name}={port}");
}
