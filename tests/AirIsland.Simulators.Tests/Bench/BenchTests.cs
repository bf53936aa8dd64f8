using System.Diagnostics;
using System.Text.Json;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Simulators.Bench;
using AirIsland.Simulators.Devices.Disturbances;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Simulators.Tests.Bench;

/// <summary>The bench as a harness in any language uses it: over HTTP, beside real Modbus clients.</summary>
public sealed class BenchTests : IAsyncLifetime
{
    private static readonly ushort[] Voltages = [2300, 2310, 2320];

    private RunningBench? _bench;

    private RunningBench Bench => _bench ?? throw new InvalidOperationException("not started");

    public async Task InitializeAsync() => _bench = await RunningBench.StartAsync();

    public async Task DisposeAsync() => await Bench.DisposeAsync();

    [Fact]
    public async Task Devices_are_listed_with_their_places_as_the_bench_in_the_process_lists_them()
    {
        var list = await Bench.GetAsync("/devices");

        Assert.Equal(
            ["power", "neighbour", "speaker", "wired"], list.EnumerateArray().Select(device => device.GetProperty("id").GetString()));
        Assert.Equal("230915000100", list[3].GetProperty("address").GetString());
        Assert.Equal("a/b", list[2].GetProperty("topic").GetString());
        Assert.Equal(2, list[1].GetProperty("unit").GetInt32());
        Assert.Equal(Bench.Simulators.Bench.ListAsJson(), await Bench.Http.GetStringAsync("/devices"));
    }

    [Fact]
    public async Task What_a_device_shows_is_read_without_being_served()
    {
        var shown = await Bench.GetAsync("/devices/power/points");

        Assert.Equal(230.0m, shown.GetProperty("electrical/VoltageA").GetDecimal());
        Assert.Equal(60m, shown.GetProperty("electrical/Power").GetDecimal());
        Assert.Equal(0, (await Bench.GetAsync("/devices/power")).GetProperty("served").GetInt64());
    }

    [Fact]
    public async Task Latency_makes_a_client_wait_until_it_is_taken_away()
    {
        var client = await Bench.ClientAsync("power");
        await Bench.PutAsync("/devices/power/disturbances/slow", """{ "kind": "latency", "delay": "00:00:00.4" }""");

        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(Voltages, await RunningBench.VoltagesAsync(client));
        Assert.True(Stopwatch.GetElapsedTime(asked) > TimeSpan.FromMilliseconds(390));
        await Bench.DeleteAsync("/devices/power/disturbances/slow");

        Assert.Equal(Voltages, await RunningBench.VoltagesAsync(client));
        Assert.Equal(1, (await Bench.GetAsync("/devices/power")).GetProperty("disturbed").GetInt64());
    }

    [Fact]
    public async Task Everything_goes_wrong_and_after_all_is_off_everything_answers_and_the_counters_add_up()
    {
        var client = await Bench.ClientAsync("power");
        await Bench.PutAsync(
            "/devices/power/disturbances/busy", """{ "kind": "refusal", "code": 6, "firstRegister": 97, "lastRegister": 99 }""");
        var refused = await Assert.ThrowsAsync<ModbusException>(() => RunningBench.VoltagesAsync(client));
        Assert.Equal(ModbusExceptionCode.ServerDeviceBusy, refused.Code);
        await Bench.DeleteAsync("/devices/power/disturbances");

        await Bench.PutAsync("/devices/power/disturbances/stray", """{ "kind": "wrongTransaction" }""");
        Assert.Equal(Voltages, await RunningBench.VoltagesAsync(client));
        Assert.Equal(1, client.StrayFrames);

        await Bench.PutAsync("/devices/power/meter/faults/dead", """{ "kind": "silent" }""");
        var impatient = await Bench.ClientAsync("power", timeoutSeconds: 0.5);
        await Assert.ThrowsAsync<TimeoutException>(() => RunningBench.VoltagesAsync(impatient));
        Assert.Equal("dead", (await Bench.GetAsync("/devices/power")).GetProperty("faults")[0].GetString());

        await Bench.DeleteAsync("/disturbances");
        await Bench.DeleteAsync("/faults");
        var strays = client.StrayFrames;
        for (var i = 0; i < 5; i++) Assert.Equal(Voltages, await RunningBench.VoltagesAsync(client));

        Assert.Equal(strays, client.StrayFrames);
        var power = await Bench.GetAsync("/devices/power");
        Assert.Equal((8, 6, 2), (Count("asked"), Count("answered"), Count("failed")));
        Assert.Equal((6 * 3, 2), (Count("served"), Count("disturbed")));
        Assert.Equal(1, power.GetProperty("disturbances").GetProperty("refusal").GetInt64());
        Assert.Equal(1, power.GetProperty("disturbances").GetProperty("wrongTransaction").GetInt64());

        long Count(string name) => power.GetProperty(name).GetInt64();
    }

    [Fact]
    public async Task Every_kind_of_disturbance_is_put_by_its_name_and_read_back()
    {
        var known = await PutAllAsync("power");
        var spoken = await PutAllAsync("speaker");
        var wired = await PutAllAsync("wired");

        Assert.Equal(Enum.GetValues<DisturbanceKind>().Length, known.Union(spoken).Union(wired).Count());
        var read = await Bench.GetAsync("/devices/power/disturbances");
        Assert.Equal(known, read.EnumerateObject().Select(named => named.Value.GetProperty("kind").GetString()));

        async Task<List<string>> PutAllAsync(string id)
        {
            var taken = new List<string>();
            foreach (var kind in Enum.GetValues<DisturbanceKind>().Select(kind => JsonNamingPolicy.CamelCase.ConvertName($"{kind}")))
            {
                var body = RunningBench.Json($$"""{ "probability": 0.5, "kind": "{{kind}}" }""");
                using var answer = await Bench.Http.PutAsync($"/devices/{id}/disturbances/{kind}", body);
                if (answer.IsSuccessStatusCode) taken.Add(kind);
            }
            return taken;
        }
    }

    [Fact]
    public async Task A_meters_faults_show_on_its_display_and_in_its_truth_and_go_away()
    {
        await Bench.PutAsync("/devices/power/meter/faults/thief", """{ "gain": -0.3, "point": "electrical/Power", "kind": "tampered" }""");
        await Bench.PutAsync("/devices/power/meter/faults/jump", """{ "kind": "registerJump", "by": 500 }""");
        await Bench.Simulators.PassAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((42m, 1500.7m), await PowerAsync());
        var truth = await Bench.GetAsync("/devices/power/meter");
        Assert.Equal(-0.3, truth.GetProperty("points").GetProperty("electrical/Power").GetProperty("gain").GetDouble(), 9);
        Assert.Equal("tampered", truth.GetProperty("faults")[0].GetProperty("fault").GetProperty("kind").GetString());

        await Bench.DeleteAsync("/devices/power/meter/faults/thief");
        await Bench.DeleteAsync("/devices/power/meter/faults");
        await Bench.Simulators.PassAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((60m, 1001.7m), await PowerAsync());
    }

    [Fact]
    public async Task Two_meters_are_swapped_and_swapped_back()
    {
        await Bench.PutAsync("/devices/power/meter/faults/wires", """{ "kind": "swapped", "with": "neighbour" }""");
        await Bench.Simulators.PassAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(20m, (await PowerAsync()).Power);

        await Bench.DeleteAsync("/devices/neighbour/meter/faults/wires");
        await Bench.Simulators.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(60m, (await PowerAsync()).Power);
    }

    [ExternalFact("curl")]
    public async Task A_stranger_drives_it_with_curl()
    {
        var url = $"http://127.0.0.1:{Bench.Port}/devices/power";
        var (put, answer) = await ExternalProgram.RunAsync(
            "curl", "-sS", "--fail-with-body", "--noproxy", "*", "-X", "PUT", "-H", "content-type: application/json",
            "-d", """{"kind":"refusal","code":11}""", $"{url}/disturbances/gone");
        var client = await Bench.ClientAsync("power");
        var refused = await Assert.ThrowsAsync<ModbusException>(() => RunningBench.VoltagesAsync(client));
        var (delete, _) = await ExternalProgram.RunAsync(
            "curl", "-sS", "--fail-with-body", "--noproxy", "*", "-X", "DELETE", $"{url}/disturbances/gone");
        var (wrong, problem) = await ExternalProgram.RunAsync(
            "curl", "-sS", "--fail-with-body", "--noproxy", "*", "-X", "DELETE", $"{url}/disturbances/gone");

        Assert.Equal((0, 0), (put, delete));
        Assert.Equal(11, (int)refused.Code);
        Assert.Equal(Voltages, await RunningBench.VoltagesAsync(client));
        Assert.Contains("refusal", answer);
        Assert.Equal(22, wrong);
        Assert.Contains("no disturbance 'gone' is on at power", problem);
    }

    [Fact]
    public async Task Nobody_listens_unless_it_is_asked_for()
    {
        await using var simulators = await Running.StartAsync();

        Assert.DoesNotContain(simulators.Get<IEnumerable<IHostedService>>(), service => service is BenchServer);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        var taken = await Assert.ThrowsAsync<IOException>(() => Running.StartAsync("--bench:port", $"{Bench.Port}"));

        Assert.Contains($"127.0.0.1:{Bench.Port}", taken.Message);
    }

    private async Task<(decimal Power, decimal Energy)> PowerAsync()
    {
        var shown = await Bench.GetAsync("/devices/power/points");
        return (shown.GetProperty("electrical/Power").GetDecimal(), shown.GetProperty("electrical/Energy").GetDecimal());
    }
}
