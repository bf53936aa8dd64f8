using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Devices that answer, but not what they were asked for.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverRefusalTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(300);
    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(5) };

    // influxdata/telegraf#11782: one slave that failed threw away the data of all. ThaStealth/alfen_modbus#40: a read was refused as a
    // whole for one register in it.
    [Fact]
    public async Task A_hole_in_a_block_costs_one_value_and_not_the_block()
    {
        var gateway = new TestGateway { Refusal = r => Holds(r, 37) ? ModbusExceptionCode.IllegalDataAddress : null };
        await using var server = gateway.Serve();
        await using var run = await ModbusRun.StartAsync(Options, [], (Site.Device("meter", server.Endpoint.Port), Long(60)));

        await run.SeesAsync(r => r.Scans.Count >= 1, "the first poll");
        var search = gateway.Asked.Count;
        await run.SeesAsync(r => r.Scans.Count >= 6, "more polls");
        await run.StopAsync();

        // The first poll already has the 59 others; found within twice the halvings, and the refusal that began it.
        Assert.Equal(60, run.Scans[0].Readings.Count);
        Assert.Equal([Reading.Bad(37, QualityReason.Configuration)], run.Scans[0].Readings.Where(r => r.Count is null));
        Assert.InRange(search, 3, 1 + (2 * 6) + 2);
        // Bad is told once, and two reads are the fewest that leave the hole out.
        Assert.All(run.Scans.Skip(1), s => Assert.Equal(59, s.Readings.Count));
        Assert.Equal(2 * (run.Scans.Count - 1), gateway.Asked.Count - search);
        Assert.All(run.Scans.SelectMany(s => s.Readings).Where(r => r.Count is not null), r => Assert.Equal(1000 + r.Tag, r.Count));
        Assert.Contains("refused P37", Assert.Single(run.Log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_value_that_the_device_takes_up_again_comes_back_and_another_is_never_asked_twice_a_rest()
    {
        var isThere = false;
        var gateway = new TestGateway
        {
            Refusal = r => Holds(r, 7) || (Holds(r, 3) && !Volatile.Read(ref isThere)) ? ModbusExceptionCode.IllegalDataAddress : null,
        };
        await using var server = gateway.Serve();
        var options = Options with { QuarantineRest = TimeSpan.FromSeconds(1) };
        await using var run = await ModbusRun.StartAsync(options, [], (Site.Device("meter", server.Endpoint.Port), Long(10)));

        await run.SeesAsync(r => r.Readings("meter", "P03").Count > 0, "the hole");
        Volatile.Write(ref isThere, true);
        await run.SeesAsync(r => r.Readings("meter", "P03").Count(x => x.Count == 1003) >= 2, "the value, back in the plan");

        var span = run.Scans[^1].Instant - run.Scans[0].Instant;
        Assert.InRange(run.Readings("meter", "P07").Count, 1, 2 + (span / 1000));
        run.HasNoOtherCount("meter", "P03", 1003);
    }

    [Fact]
    public async Task A_device_that_refuses_everything_while_it_starts_has_all_its_values_again_soon()
    {
        var isStarting = true;
        var gateway = new TestGateway { Refusal = _ => Volatile.Read(ref isStarting) ? ModbusExceptionCode.IllegalDataAddress : null };
        await using var server = gateway.Serve();
        var options = Options with { QuarantineRest = TimeSpan.FromSeconds(2) };
        await using var run = await ModbusRun.StartAsync(options, [], (Site.Device("meter", server.Endpoint.Port), Long(60)));
        await run.SeesAsync(r => r.Scans.Count > 0 && r.Scans[0].Readings.Count == 60, "sixty Bad readings");

        Volatile.Write(ref isStarting, false);
        await run.SeesAsync(r => r.Scans[^1].Readings.Count(x => x.Count is not null) == 60, "sixty values");
        var asked = gateway.Asked.Count;
        await run.SeesAsync(r => r.Scans.Count(s => s.Readings.Count == 60) >= 5, "more polls");

        Assert.All(gateway.Asked.Skip(asked + 1), a => Assert.Equal(60, a.Count));
    }

    // influxdata/telegraf#16873, #18871: devices that refuse 125 registers.
    [Theory]
    [InlineData(ModbusExceptionCode.IllegalDataAddress)]
    [InlineData(ModbusExceptionCode.IllegalDataValue)]
    public async Task A_device_that_takes_fewer_registers_than_its_profile_says_is_read_in_parts(ModbusExceptionCode code)
    {
        var gateway = new TestGateway { Refusal = r => r.Count > 20 ? code : null };
        await using var server = gateway.Serve();
        await using var run = await ModbusRun.StartAsync(Options, [], (Site.Device("meter", server.Endpoint.Port), Long(60)));

        await run.SeesAsync(r => r.Scans.Count >= 4, "polls");

        Assert.All(run.Scans, s => Assert.Equal(60, s.Readings.Count(r => r.Count is not null)));
        Assert.Empty(run.Log.Warnings);
        Assert.True(gateway.Asked.TakeLast(4).All(a => a.Count == 15), "the parts are not searched for in every poll");
    }

    // home-assistant/core#54345: a busy device was recorded as 0.
    [Theory]
    [InlineData(ModbusExceptionCode.Acknowledge)]
    [InlineData(ModbusExceptionCode.ServerDeviceBusy)]
    public async Task A_busy_device_is_asked_again_within_its_deadline_and_is_never_a_number(ModbusExceptionCode code)
    {
        var reads = 0;
        var gateway = new TestGateway { Refusal = _ => Interlocked.Increment(ref reads) is > 2 and < 40 ? code : null };
        await using var server = gateway.Serve();
        var profile = Site.Modbus(TimeSpan.FromSeconds(1), Site.Level("Pressure", 5));
        await using var run = await ModbusRun.StartAsync(Options, [], (Site.Device("meter", server.Endpoint.Port), profile));

        await run.SeesAsync(r => r.Readings("meter", "Pressure").Count(x => x.Count is null) >= 2, "Bad readings");
        Volatile.Write(ref reads, 100);
        await run.SeesAsync(r => r.Readings("meter", "Pressure")[^1].Count is not null, "a value again");

        run.HasNoOtherCount("meter", "Pressure", 1005);
        Assert.All(
            run.Readings("meter", "Pressure").Where(r => r.Count is null),
            r => Assert.Equal(QualityReason.Communication, r.Quality.Reason));
        // 100, 200, 400 ms apart within the second.
        var bad = run.Readings("meter", "Pressure").Count(r => r.Count is null);
        Assert.True(gateway.Asked.Count - run.Scans.Count >= 2 * bad, "it was not asked again");
        Assert.True(gateway.Asked.Count <= 5 * run.Scans.Count, "it was asked too often");
    }

    [Fact]
    public async Task A_block_that_the_device_has_trouble_with_rests_and_takes_no_other_with_it()
    {
        var gateway = new TestGateway { Refusal = r => r.Address == 100 ? ModbusExceptionCode.ServerDeviceFailure : null };
        await using var server = gateway.Serve();
        var profile = Site.Modbus(TimeSpan.FromMilliseconds(50), Site.Level("A", 0), Site.Level("B", 100), Site.Level("C", 200));
        await using var run = await ModbusRun.StartAsync(Options, [], (Site.Device("meter", server.Endpoint.Port), profile));

        await run.SeesAsync("meter", 20);
        await run.StopAsync();

        // The last one may have been cut short by the end.
        Assert.All(run.Scans.SkipLast(1), s => Assert.Equal(2, s.Readings.Count(r => r.Count is not null)));
        Assert.InRange(run.Readings("meter", "B").Count, 1, run.Scans.Count / 2);
    }

    [Fact]
    public async Task Each_exception_is_bad_with_its_reason_and_never_a_number()
    {
        var gateway = new TestGateway { Refusal = r => (ModbusExceptionCode)r.Unit };
        await using var server = gateway.Serve();
        int[] codes = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99];
        var profile = Site.Modbus(Period, Site.Level("Pressure", 0));
        await using var run = await ModbusRun.StartAsync(
            Options, [], [.. codes.Select(c => (Site.Device($"code-{c}", server.Endpoint.Port) with { Unit = c }, profile))]);

        await run.SeesAsync(r => codes.All(c => r.Readings($"code-{c}", "Pressure").Count > 0), "every device");

        foreach (var code in codes)
        {
            var reason = code <= 3 ? QualityReason.Configuration : QualityReason.Communication;
            Assert.All(run.Readings($"code-{code}", "Pressure"), r => Assert.Equal(Reading.Bad(r.Tag, reason), r));
        }
    }

    private static bool Holds((byte Unit, ushort Address, int Count) read, int register) =>
        read.Address <= register && register < read.Address + read.Count;

    private static DeviceProfile Long(int registers) => Site.Modbus(
        Period, [.. Enumerable.Range(0, registers).Select(i => Site.Level($"P{i:00}", (ushort)i) with { Maximum = null })]);
}
