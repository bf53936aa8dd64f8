using System.Diagnostics;
using System.Net.Http.Json;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Fieldbus.Tests;
using AirIsland.Fieldbus.Tests.Peers;
using Xunit.Abstractions;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>T4: the reactive server of pymodbus, told over HTTP in the middle of polling what to do to its answers.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverFaultTests(ITestOutputHelper output)
{
    private static readonly ModbusDriverOptions Options = new()
    {
        Timeout = TimeSpan.FromMilliseconds(500),
        LongestRest = TimeSpan.FromSeconds(1),
        QuarantineRest = TimeSpan.FromSeconds(1),
    };

    private static readonly object[] Faults =
    [
        .. Enumerable.Range(1, 11).Select(code => new { response_type = "error", error_code = code, clear_after = 0 }),
        new { response_type = "delayed", delay_by = 0.8, clear_after = 0 },
        new { response_type = "empty", clear_after = 0 },
        new { response_type = "stray", clear_after = 0 },
    ];

    [PythonPeerFact("pymodbus", "aiohttp", "serial_asyncio")]
    public async Task No_fault_in_the_middle_of_polling_becomes_a_value_and_each_is_recovered_from()
    {
        var web = ModbusRun.FreePort();
        await using var peer = await PeerProcess.PythonAsync("pymodbus-reactive.py", $"{web}");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{web}") };
        var profile = Site.Modbus(TimeSpan.FromMilliseconds(200), Site.Level("A", 10), Site.Level("B", 600));
        await using var run = await ModbusRun.StartAsync(
            Options, [], (Site.Device("one", peer.Port), profile), (Site.Device("two", peer.Port) with { Unit = 2 }, profile));
        await run.SeesAsync("two", 2);

        foreach (var fault in Faults)
        {
            var bad = Bad();
            await PostAsync(fault);
            await run.SeesAsync(_ => Bad() >= bad + 2, $"Bad readings of {fault}");
            await PostAsync(new { response_type = "normal" });
            var (since, from) = (Stopwatch.GetTimestamp(), run.Instants("one").Count);
            await run.SeesAsync(r => r.Instants("one").Count > from + 1, $"values after {fault}");
            output.WriteLine($"{fault}: values again after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
        }

        foreach (var device in new[] { "one", "two" })
        {
            run.HasNoOtherCount(device, "A", 8010);
            run.HasNoOtherCount(device, "B", 8600);
        }

        int Bad() => run.Readings("one", "A").Count(r => r.Count is null);

        async Task PostAsync(object manipulation)
        {
            using var answer = await http.PostAsJsonAsync("/", manipulation);
            answer.EnsureSuccessStatusCode();
        }
    }
}
