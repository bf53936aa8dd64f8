using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Devices that come and go while others are polled.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverReloadTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);
    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(5) };

    // OpenEMS/openems#3875: the second time a component was switched off and on left it "active" with dead tasks.
    [Fact]
    public async Task A_hundred_reloads_leave_no_connection_and_no_poller_behind_and_the_others_undisturbed()
    {
        var (stays, goes, shared) = (new TestGateway(), new TestGateway(), new TestGateway());
        await using var stay = stays.Serve();
        await using var go = goes.Serve();
        await using var both = shared.Serve();
        (DeviceOptions, DeviceProfile)[] always = [Unit("stays", 1, stay), Unit("neighbour", 1, both)];
        (DeviceOptions, DeviceProfile)[] sometimes = [.. always, Unit("goes", 1, go), Unit("shares", 2, both)];
        await using var run = await ModbusRun.StartAsync(Options, [], always);
        await run.SeesAsync("stays", 2);

        for (var cycle = 1; cycle <= 100; cycle++)
        {
            await run.ApplyAsync(sometimes);
            if (cycle % 10 == 0) await run.SeesAsync("shares", run.Instants("shares").Count + 1);
            await run.ApplyAsync(always);
            var asked = (goes.Asked.Count, shared.Asked.Count(a => a.Unit == 2));
            if (cycle % 10 != 0) continue;
            var before = run.Instants("neighbour").Count;
            await run.SeesAsync("neighbour", before + 2);
            // What has left is asked no more.
            Assert.Equal(asked, (goes.Asked.Count, shared.Asked.Count(a => a.Unit == 2)));
        }

        // The last one in works as the first did.
        await run.ApplyAsync(sometimes);
        await run.SeesAsync("goes", run.Instants("goes").Count + 3);
        Assert.Equal((1, 1), (stays.Connections, shared.Connections));
        Assert.Equal(["goes", "neighbour", "shares", "stays"], run.Health.Devices.Select(d => d.Device));
        await run.ApplyAsync(always);
        await Eventually.HoldsAsync(() => goes.Open == 0, "no connection of what has left");
        var polls = run.Scans.Select(s => (s.Group, s.Instant)).ToList();
        Assert.Equal(polls.Count, polls.Distinct().Count());
        Assert.Empty(run.Log.Warnings);
    }

    [Fact]
    public async Task A_device_that_leaves_with_its_poll_in_flight_hands_out_what_it_had_and_does_not_wait_for_the_dead()
    {
        var gateway = new TestGateway { Delay = unit => unit == 9 ? null : TimeSpan.Zero };
        await using var server = gateway.Serve();
        var options = Options with { Timeout = TimeSpan.FromMilliseconds(500) };
        await using var run = await ModbusRun.StartAsync(options, [], Unit("good", 1, server), Unit("dead", 9, server));
        await run.SeesAsync("good", 2);

        await run.ApplyAsync([Unit("good", 1, server)]).WaitAsync(TimeSpan.FromSeconds(10));
        var (asked, before) = (gateway.Asked.Count(a => a.Unit == 9), run.Instants("good").Count);
        await run.SeesAsync("good", before + 5);

        Assert.Equal(asked, gateway.Asked.Count(a => a.Unit == 9));
        Assert.Null(run.Health.Find("dead"));
    }

    // A breaker belongs to a device and its line, and not to a unit number anywhere: neuron's were global (degraded unit 1 everywhere).
    [Fact]
    public async Task A_reload_leaves_the_breaker_of_an_equal_device_open_and_closes_that_of_a_changed_one()
    {
        var gateway = new TestGateway { Delay = unit => unit == 9 ? null : TimeSpan.Zero };
        await using var server = gateway.Serve();
        await using var other = new TestGateway().Serve();
        var (little, much) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        var options = Options with { Timeout = little, ShortestRest = much, LongestRest = much };
        var dead = Unit("dead", 9, server);
        await using var run = await ModbusRun.StartAsync(options, [], dead);
        await run.SeesAsync(r => r.Health.Find("dead")?.State == DeviceState.Resting, "an open breaker");

        var asked = gateway.Asked.Count;
        await run.ApplyAsync([dead, Unit("same-number", 9, other)]);
        await run.SeesAsync("same-number", 5);
        Assert.Equal(asked, gateway.Asked.Count);

        await run.ApplyAsync([(dead.Device with { Serial = "changed" }, dead.Profile)]);
        await run.SeesAsync(_ => gateway.Asked.Count > asked, "another request");
    }

    private static (DeviceOptions Device, DeviceProfile Profile) Unit(string id, int unit, ModbusServer server) =>
        (Site.Device(id, server.Endpoint.Port) with { Unit = unit }, Site.Modbus(Period, Site.Level("Pressure", 0)));
}
