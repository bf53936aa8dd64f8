using System.Net.Http.Json;
using System.Text.Json;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Simulators.Tests.Bench;

/// <summary>Simulators with a bench over HTTP, and what a harness holds in its hands: an HTTP client and Modbus clients.</summary>
internal sealed class RunningBench : IAsyncDisposable
{
    private const string Settings = """
        { "fleet": { "station": false, "devices": [
          { "id": "power", "profile": "acrel-dtsd1352", "gateway": "g", "unit": 1,
            "points": { "electrical/VoltageA": { "value": 230 }, "electrical/VoltageB": { "value": 231 },
                        "electrical/VoltageC": { "value": 232 }, "electrical/Power": { "value": 60 },
                        "electrical/Energy": { "value": 1000, "counts": "electrical/Power", "perSecond": 0.000277777777777778 } } },
          { "id": "neighbour", "profile": "acrel-dtsd1352", "gateway": "g", "unit": 2,
            "points": { "electrical/Power": { "value": 20 },
                        "electrical/Energy": { "value": 5000, "counts": "electrical/Power", "perSecond": 0.000277777777777778 } } },
          { "id": "speaker", "profile": "mqtt-flow", "topic": "a/b" },
          { "id": "wired", "profile": "dlt645-2007", "line": "w", "address": "230915000100" } ], "lines": [ { "id": "w" } ] } }
        """;

    private readonly SettingsFile _settings;
    private readonly List<ModbusClient> _clients = [];

    private RunningBench(Running simulators, SettingsFile settings, int port)
    {
        (Simulators, _settings, Port) = (simulators, settings, port);
        Http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{port}") };
    }

    public Running Simulators { get; }

    public HttpClient Http { get; }

    public int Port { get; }

    public static async Task<RunningBench> StartAsync()
    {
        var settings = new SettingsFile(Settings);
        var port = FreePorts.Next();
        return new(await Running.StartAsync("--settings", settings.Path, "--bench:port", $"{port}"), settings, port);
    }

    /// <summary>A client of a device, found by what the bench lists.</summary>
    public async Task<ModbusClient> ClientAsync(string id, double timeoutSeconds = 20)
    {
        var endpoint = (await GetAsync($"/devices/{id}")).GetProperty("endpoint").GetString() ?? "";
        var client = new ModbusClient(
            "127.0.0.1", int.Parse(endpoint.Split(':')[1], null), new() { Timeout = TimeSpan.FromSeconds(timeoutSeconds) });
        _clients.Add(client);
        return client;
    }

    /// <summary>Reads the three voltages, in 0.1 V.</summary>
    public static Task<ushort[]> VoltagesAsync(ModbusClient client) => client.ReadAsync(RegisterTable.Holding, 1, 0x0061, 3, default);

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public async Task PutAsync(string path, string json)
    {
        using var answer = await Http.PutAsync(path, Json(json));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task DeleteAsync(string path)
    {
        using var answer = await Http.DeleteAsync(path);
        Assert.Equal(System.Net.HttpStatusCode.NoContent, answer.StatusCode);
    }

    public static StringContent Json(string json) => new(json, System.Text.Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) await client.DisposeAsync();
        Http.Dispose();
        await Simulators.DisposeAsync();
        _settings.Dispose();
    }
}
