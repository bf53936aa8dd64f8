using System.Net;
using System.Text.Json;
using AirIsland.Edge.Health;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Edge.Tests.Outbox;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Proto.Columns;
using Microsoft.Extensions.DependencyInjection;

namespace AirIsland.Edge.Tests;

public class EdgeAppTests
{
    [Fact]
    public async Task After_an_orderly_stop_every_sample_a_device_handed_out_is_in_the_outbox()
    {
        using var folder = new TempFolder();
        var units = new TestUnits(new ushort[64]);
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), units);
        var host = EdgeApp.Build(Arguments(folder, server.Endpoint.Port));

        await host.StartAsync();
        var status = host.Services.GetRequiredService<EdgeStatus>();
        await Eventually.HoldsAsync(() => status.Outbox.Measured > 20, "samples in the outbox");
        await host.StopAsync();
        var measured = status.Outbox.Measured;
        await ((IAsyncDisposable)host).DisposeAsync();

        var (points, bad, blocks) = Read(folder);
        Assert.Equal(measured, points);
        Assert.Equal(0, bad);
        // A read of the device is one block of the plan; every one that was answered is stored.
        Assert.Equal(units.Reads, blocks);
        using var line = JsonDocument.Parse(await File.ReadAllTextAsync(folder.File(StatusFile.FileName)));
        Assert.Equal(measured, line.RootElement.GetProperty("outbox").GetProperty("measured").GetInt64());
    }

    private static string[] Arguments(TempFolder folder, int port)
    {
        var config = folder.File("site.json");
        File.WriteAllText(config, $$"""
            { "Edge": { "Id": "edge-1", "Station": "site", "Cloud": "http://127.0.0.1:1", "Data": "{{folder.Path}}",
              "Uplink": { "DrainWithin": "00:00:00.2" },
              "Devices": [ { "Id": "flow", "Asset": "lifode", "Profile": "suto-s401", "Endpoint": "127.0.0.1:{{port}}", "Unit": 1 } ] } }
            """);
        return ["--config", config];
    }

    // Samples, Bad ones, and scans of the level group in the file.
    private static (long Points, long Bad, int Scans) Read(TempFolder folder)
    {
        var options = new OutboxOptions { Directory = folder.Path, Owner = "edge-1/site" };
        using var store = new OutboxStore(options, OutboxBench.Catalogue, TimeProvider.System, new(), new LogLines<OutboxStore>());
        var state = store.State;
        var (points, scans) = (0L, 0);
        for (var n = 1L; n <= state.Backfill.Appended; n++)
        {
            var batch = store.Read(Lane.Backfill, n);
            Assert.NotNull(batch);
            var block = BlockReader.Read(batch.Block.Payload, batch.Block.Encoding);
            points += block.PointCount;
            scans += block.Groups.Sum(g => g.Instants.Length);
        }
        Assert.Equal(state.Measured, points);
        return (points, state.Bad, scans);
    }
}
