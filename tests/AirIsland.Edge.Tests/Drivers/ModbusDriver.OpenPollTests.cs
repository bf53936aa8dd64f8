using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>What becomes of a poll that has begun when something happens that ends it, or seems to.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverOpenPollTests
{
    private const ushort First = 0;
    private const ushort Second = 100;

    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(5) };

    // The unit answers what was asked over the old connection on the new one: the answer behind it would be taken for the next block's.
    [Fact]
    public async Task A_unit_whose_connection_broke_is_not_asked_again_before_its_late_answer_can_have_come()
    {
        await using var bus = new SlowBus(TimeSpan.FromMilliseconds(200));
        EndpointOptions line = new()
        {
            Id = "line",
            Address = $"127.0.0.1:{bus.Port}",
            Framing = LineFraming.Rtu,
            LateAnswer = TimeSpan.FromSeconds(3),
        };
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(line, TimeSpan.FromSeconds(1)));

        await run.SeesAsync("unit-1", 2);

        run.HasNoOtherCount("unit-1", "First", 1000);
        run.HasNoOtherCount("unit-1", "Second", 1100);
        Assert.Equal([First, First, Second], bus.Asked.Take(3).Select(a => (ushort)a));
        Assert.Equal(0, run.Status.Failures);
    }

    [Fact]
    public async Task A_clock_set_back_in_the_middle_of_a_poll_stamps_nothing_into_the_future()
    {
        var isBusy = true;
        var gateway = new TestGateway
        {
            Refusal = read => read.Address == Second && Volatile.Read(ref isBusy) ? ModbusExceptionCode.ServerDeviceBusy : null,
        };
        await using var server = gateway.Serve();
        EndpointOptions line = new() { Id = "line", Address = $"127.0.0.1:{server.Endpoint.Port}" };
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        await using var run = await ModbusRun.StartAsync(Options, [line], time, Unit(line, TimeSpan.FromMinutes(10)));
        await Eventually.HoldsAsync(() => gateway.Asked.Any(a => a.Address == Second), "the poll is half done");

        time.AdjustTime(time.GetUtcNow().AddHours(-1));
        await Eventually.HoldsAsync(() => run.Log.Warnings.Any(), "it was seen");
        Volatile.Write(ref isBusy, false);
        await run.SeesAsync("unit-1", 1);

        Assert.Equal(2, run.Scans[0].Readings.Count(r => r.Count is not null));
        Assert.InRange(run.Scans[0].Instant, 0, time.GetUtcNow().ToUnixTimeMilliseconds());
    }

    private static (DeviceOptions Device, DeviceProfile Profile) Unit(EndpointOptions line, TimeSpan period) => (
        Site.Device("unit-1") with { Unit = 1, Endpoint = line.Id },
        Site.Modbus(period, Site.Level("First", First), Site.Level("Second", Second)));
}
