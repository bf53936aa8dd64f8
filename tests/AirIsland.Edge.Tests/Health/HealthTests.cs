using System.Globalization;
using System.Net;
using AirIsland.Edge.Tests.Drivers;
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
