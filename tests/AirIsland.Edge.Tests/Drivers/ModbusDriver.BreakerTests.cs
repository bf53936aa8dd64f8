using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Units that are slow or dead, beside others that are not.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverBreakerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private static readonly ModbusDriverOptions Options = new()
    {
        Timeout = TimeSpan.FromMilliseconds(600),
        ShortestRest = TimeSpan.FromMilliseconds(200),
        LongestRest = TimeSpan.FromSeconds(20),
    };

    // OpenEMS/openems#6: an unreachable device blocked the whole bus. node-red-contrib-modbus#409: a timeout of unit 2 took units 3 and 4
    // out of the queue.
    [Fact]
    public async Task A_dead_unit_takes_no_period_of_its_neighbours_once_it_is_known()
    {
        var gateway = new TestGateway { Delay = unit => unit == 3 ? null : TimeSpan.Zero };
        await using var server = gateway.Serve();
        await using var run = await ModbusRun.StartAsync(Options, [], [.. new[] { 1, 2, 3, 4 }.Select(u => Unit(u, server))]);

        await run.SeesAsync(r => r.Health.Find("unit-3")?.State == DeviceState.Resting, "unit 3 resting");
        var from = run.Scans.Count;
        await run.SeesAsync(r => r.Scans.Count >= from + 150, "more scans");

        foreach (var id in new[] { "unit-1", "unit-2", "unit-4" })
        {
            var instants = run.Instants(id);
            var span = instants[^1] - instants[0];
            // Bound by neighbours and not by luck: three timeouts of 600 ms cost nine periods, a busy machine some more.
            Assert.True(instants.Count >= span / 200 * 0.75, $"{id}: {instants.Count} scans in {span} ms");
            run.HasNoOtherCount(id, "Pressure", 1000 * int.Parse(id[5..], null));
        }
        Assert.True(gateway.Asked.Count(a => a.Unit == 3) <= 7, "a unit that rests was asked");
        Assert.All(run.Readings("unit-3", "Pressure"), r => Assert.Equal(Reading.Bad(r.Tag, QualityReason.Communication), r));
    }

    [Fact]
    public async Task A_slow_unit_delays_nobody_where_several_requests_may_be_in_flight()
    {
        var gateway = new TestGateway { Delay = unit => unit == 3 ? TimeSpan.FromSeconds(4) : TimeSpan.Zero, IsBus = false };
        await using var server = gateway.Serve();
        EndpointOptions line = new() { Id = "gateway", Address = $"127.0.0.1:{server.Endpoint.Port}", MaxInFlight = 4 };
        await using var run = await ModbusRun.StartAsync(
            Options with { Timeout = TimeSpan.FromSeconds(2) }, [line], [.. new[] { 1, 2, 3, 4 }.Select(u => Unit(u, server, "gateway"))]);

        await run.SeesAsync("unit-1", 20);

        foreach (var id in new[] { "unit-1", "unit-2", "unit-4" })
        {
            var instants = run.Instants(id);
            // One timeout of two seconds would leave out ten periods.
            var longest = instants.Zip(instants.Skip(1)).Max(p => p.Second - p.First);
            Assert.True(longest < 1800, $"{id} was silent for {longest} ms");
        }
        Assert.Empty(run.Instants("unit-3"));
        Assert.Equal(1, gateway.Connections);
    }

    // One of the two requests of a poll, of one of the two groups, is asked after each rest.
    [Fact]
    public async Task One_request_finds_out_whether_a_unit_that_rested_is_back()
    {
        var isDead = true;
        var gateway = new TestGateway { Delay = _ => Volatile.Read(ref isDead) ? null : TimeSpan.Zero };
        await using var server = gateway.Serve();
        var profile = Site.Modbus(Period, Site.Level("A", 0), Site.Level("B", 500), Site.Level("C", 900) with { Group = "other" });
        profile = profile with { Groups = new Dictionary<string, TimeSpan> { ["fast"] = Period, ["other"] = Period } };
        var options = Options with { Timeout = TimeSpan.FromMilliseconds(100) };
        await using var run = await ModbusRun.StartAsync(options, [], (Site.Device("meter", server.Endpoint.Port), profile));

        await run.SeesAsync(r => r.Health.Find("meter")?.Timeouts >= 6, "probes");
        var asked = gateway.Asked.Count;
        Volatile.Write(ref isDead, false);
        await run.SeesAsync(r => r.Readings("meter", "C").Any(x => x.Count == 1900), "values of both groups");

        // Three failures until it rests, and one request a probe: no second block, no second group.
        Assert.Equal(run.Health.Find("meter")!.Timeouts, gateway.Asked.Take(asked).Count());
        Assert.InRange(asked, 6, 7);
        var at = gateway.Asked.Select(a => a.At).ToArray();
        // Rests of 0.2, 0.4 and 0.8 s, of which a fifth is left to chance; the period is 0.2 s.
        Assert.True(TimeProvider.System.GetElapsedTime(at[4], at[5]) > TimeSpan.FromSeconds(0.6), "the rests did not grow");
        Assert.Equal(DeviceState.Working, run.Health.Find("meter")!.State);
        Assert.Single(run.Log.Warnings);
        Assert.Single(run.Log.All, l => l.Contains("recovered", StringComparison.Ordinal));
    }

    // node-red-contrib-modbus#89, #168: queues grew without limit.
    [Fact]
    public async Task A_late_poll_is_left_out_and_counted_and_never_made_up_for()
    {
        var gateway = new TestGateway { Delay = _ => TimeSpan.FromMilliseconds(250) };
        await using var server = gateway.Serve();
        var profile = Site.Modbus(TimeSpan.FromMilliseconds(100), Site.Level("Pressure", 0));
        await using var run = await ModbusRun.StartAsync(Options, [], (Site.Device("meter", server.Endpoint.Port), profile));

        await run.SeesAsync("meter", 8);
        await run.StopAsync();

        var instants = run.Instants("meter");
        Assert.Equal(gateway.Asked.Count, instants.Count);
        Assert.All(instants.Zip(instants.Skip(1)), p => Assert.True(p.Second - p.First >= 200));
        Assert.True(run.Status.Late >= instants.Count, $"{run.Status.Late} left out beside {instants.Count}");
        Assert.Equal(0, run.Health.Find("meter")?.Failures ?? 0);
    }

    // home-assistant/core#51326: retries that had no deadline froze the bus.
    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_within_the_deadline_of_its_group()
    {
        var asked = 0;
        var gateway = new TestGateway { Delay = _ => Interlocked.Increment(ref asked) % 3 == 1 ? null : TimeSpan.Zero };
        await using var server = gateway.Serve();
        var options = Options with { Timeout = TimeSpan.FromMilliseconds(200) };
        var slow = Site.Modbus(TimeSpan.FromSeconds(2), Site.Level("Pressure", 0));
        await using var run = await ModbusRun.StartAsync(options, [], (Site.Device("meter", server.Endpoint.Port), slow));

        await run.SeesAsync("meter", 3);

        // The first, fourth, … request is not answered, and no poll lacks its value.
        Assert.True(run.Health.Find("meter")!.Timeouts >= 1);
        Assert.All(run.Readings("meter", "Pressure"), r => Assert.Equal(1000, r.Count));
    }

    private static (DeviceOptions Device, DeviceProfile Profile) Unit(int unit, ModbusServer server, string? line = null) => (
        Site.Device($"unit-{unit}", server.Endpoint.Port) with { Unit = unit, Endpoint = line ?? $"127.0.0.1:{server.Endpoint.Port}" },
        Site.Modbus(Period, Site.Level("Pressure", 0)));
}
