using System.Globalization;
using System.Net;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Edge.Tests.Drivers.Sparkplug;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Edge.Tests.Health;

[Collection(nameof(ModbusDriverTests))]
public sealed class HealthTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Each_device_and_the_outbox_can_be_watched_and_a_line_says_it_in_short()
    {
        await using var server = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(new ushort[64]));
        var metrics = FreePort();
        var args = SiteFile.Write(_folder, string.Join(", ", Device("flow", server.Endpoint.Port), Device("gone", 1)));
        using var edge = EdgeProcess.Start([.. args, $"--Edge:Health:MetricsPort={metrics}", "--Edge:Health:StatusEvery=00:00:01"]);
        await edge.IsRunningAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };

        var scraped = "";
        await Eventually.HoldsAsync(
            () =>
            {
                scraped = http.GetStringAsync($"http://127.0.0.1:{metrics}/metrics").GetAwaiter().GetResult();
                return Value(scraped, "device_request_total", "flow") > 0 && Value(scraped, "device_state", "gone") > 0;
            },
            "a device that works and one that does not",
            30);
        await Eventually.HoldsAsync(
            () => edge.Output.Any(l => l.Contains("2 devices, 1 silent (gone); ", StringComparison.Ordinal)), "the status line", 30);

        Assert.Equal(0, Value(scraped, "device_state", "flow"));
        Assert.Equal(0, Value(scraped, "device_timeout_total", "flow"));
        Assert.True(Value(scraped, "device_failure_total", "gone") > 0);
        Assert.True(Value(scraped, "device_round_trip_seconds", "flow") > 0);
        string[] others = ["outbox_size_bytes", "outbox_age_seconds", "outbox_pending", "sample_measured", "settings_generation"];
        foreach (var name in others)
            Assert.Contains($"airisland_edge_{name}", scraped, StringComparison.Ordinal);
        Assert.Equal(0, await edge.InterruptAsync());
    }

    [ExternalFact("mosquitto")]
    public async Task Devices_of_every_protocol_are_counted_and_those_that_are_lost_are_named()
    {
        var registers = new Dictionary<DltIdentifier, Func<decimal?>> { [DltIdentifier.Parse("02030000")] = () => 1.5m };
        await using var units = ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(new ushort[64]));
        await using var broker = await Mosquitto.StartAsync();
        await using var node = await TestNode.ConnectAsync(broker.Port);
        var meter = new DltMeter(MeterAddress.Parse("000102030425"), DltEdition.Edition2007, registers);
        var meters = DltServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new DltMeters([meter]));
        await using var closing = meters;
        string[] devices =
        [
            Device("flow", units.Endpoint.Port),
            $$"""
            { "Id": "energy", "Asset": "energy", "Profile": "dlt645-2007", "Endpoint": "127.0.0.1:{{meters.Endpoint.Port}}",
              "Address": "000102030425" }
            """,
            """{ "Id": "air", "Asset": "air", "Profile": "mqtt-flow", "Topic": "site/air" }""",
            """{ "Id": "hall", "Asset": "hall", "Profile": "sparkplug-flow", "Topic": "Plant/gate/meter" }""",
        ];
        string[] broken = [$"--Edge:Broker:Port={broker.Port}", "--Edge:Broker:ClientId=", "--Edge:Broker:LongestRest=00:00:01"];
        using var edge = EdgeProcess.Start(
            [.. SiteFile.Write(_folder, string.Join(", ", devices)), .. broken, "--Edge:Health:StatusEvery=00:00:01"]);
        await edge.IsRunningAsync();
        await Eventually.HoldsAsync(() => node.RebirthRequests > 0, "the host asks for births", 30);
        await node.BearAsync(1000);
        await broker.PublishAsync("site/air/level", """{"ts":1}""");
        await Says("4 devices, all answer; ");

        await broker.StopAsync();
        await meters.DisposeAsync();

        await Says("4 devices, 3 silent (air, energy, hall); ");
        // A host without a name of its own has the edge's.
        Assert.Contains(node.StatesOf("edge-1"), s => s.Text.Contains("true", StringComparison.Ordinal));
        Assert.Equal(0, await edge.InterruptAsync());

        Task Says(string words) => Eventually.HoldsAsync(
            () => edge.Output.Any(l => l.Contains(words, StringComparison.Ordinal)), $"{words} in {string.Join('\n', edge.Output)}", 30);
    }

    [Fact]
    public async Task A_port_that_is_none_is_a_mistake_like_any_other()
    {
        using var edge = EdgeProcess.Start([.. SiteFile.Write(_folder), "--Edge:Health:MetricsPort=70000"]);

        Assert.Equal(2, await edge.EndAsync());
        Assert.Equal(["Edge:Health:MetricsPort 70000 is not between 1 and 65535"], edge.Errors);
    }

    public void Dispose() => _folder.Dispose();

    private static string Device(string id, int port) =>
        $$"""{ "Id": "{{id}}", "Asset": "{{id}}", "Profile": "suto-s401", "Endpoint": "127.0.0.1:{{port}}" }""";

    private static double? Value(string metrics, string name, string device)
    {
        var line = metrics.Split('\n').FirstOrDefault(l => l.StartsWith($"airisland_edge_{name}{{", StringComparison.Ordinal)
            && l.Contains($"device=\"{device}\"", StringComparison.Ordinal));
        var value = line?[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0];
        return value is null ? null : double.Parse(value, CultureInfo.InvariantCulture);
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
