using System.Collections.Concurrent;
using System.Net;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Drivers;

[Collection(nameof(ModbusDriverTests))]
[CollectionDefinition(nameof(ModbusDriverTests), DisableParallelization = true)]
public class ModbusDriverTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);

    // These tests run on the wall clock, with tolerance for a busy machine.
    private static readonly ModbusDriverOptions Options = new()
    {
        Tolerance = TimeSpan.FromMilliseconds(60),
        Timeout = TimeSpan.FromSeconds(5),
    };

    private static readonly ModbusDriverOptions Impatient = Options with { Timeout = TimeSpan.FromMilliseconds(300) };

    private readonly LogLines<ModbusDriver> _log = new();
    private readonly EdgeStatus _status = new();
    private readonly HealthBoard _health = new(TimeProvider.System);

    private ModbusReport Report => new(_status, _health, _log);

    [Fact]
    public async Task Good_readings_carry_their_slot_and_every_scan_is_handed_out_on_stopping()
    {
        var units = new TestUnits(71, 0, 0, 5);
        await using var server = Serve(units);
        var tags = Site.Tags((Site.Device("good", server.Endpoint.Port), Site.Modbus(Fast, Site.Level("Pressure", 0))));

        var scans = await ReadAsync(tags, s => s.Count >= 10);

        Assert.Equal(units.Reads, scans.Count);
        Assert.All(scans, s => Assert.Equal([new Reading(0, 71, Quality.Good)], s.Readings));
        Assert.All(scans.Zip(scans.Skip(1)), pair => Assert.True(pair.First.Instant < pair.Second.Instant));
        // Each group has its phase on the grid.
        var inTime = scans.GroupBy(s => s.Instant % 100).Max(g => g.Count());
        Assert.True(inTime > scans.Count / 2, "most replies came in time for their slot");
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Coils_and_discrete_inputs_are_states_beside_registers()
    {
        await using var server = Serve(new TestUnits(71) { Bits = [false, true, true] });
        var profile = Site.Modbus(
            Fast, Site.Level("Pressure", 0), Bit("DoorOpen", RegisterTable.DiscreteInput, 2), Bit("Enabled", RegisterTable.Coil, 1));
        var tags = Site.Tags((Site.Device("good", server.Endpoint.Port), profile));

        var scans = await ReadAsync(tags, s => s.Count >= 3);

        Assert.All(scans, s => Assert.Equal([1, 0, 71], s.Readings.OrderBy(r => r.Tag).Select(r => r.Count)));
        Assert.Empty(_log.Warnings);

        static ProfilePoint Bit(string name, RegisterTable table, ushort address) => Site.Level(name, address) with
        {
            Kind = PointKind.State,
            Unit = "1",
            Resolution = 1,
            Scale = 1,
            Table = table,
            Type = PointType.Bit,
        };
    }

    [Fact]
    public async Task A_wrong_map_and_an_unreachable_device_leave_a_good_one_its_period()
    {
        await using var server = Serve(new TestUnits(71));
        await using var other = Serve(new TestUnits(72));
        var tags = Site.Tags(
            (Site.Device("good", server.Endpoint.Port), Site.Modbus(Fast, Site.Level("Pressure", 0))),
            (Site.Device("wrong", other.Endpoint.Port), Site.Modbus(Fast, Site.Level("Pressure", 0), Site.Level("Beyond", 900))),
            (Site.Device("silent", other.Endpoint.Port) with { Unit = 9 }, Site.Modbus(Fast, Site.Level("Pressure", 0))),
            (Site.Device("gone", 1), Site.Modbus(Fast, Site.Level("Pressure", 0))));

        var scans = await ReadAsync(tags, s => s.Count(x => x.Group == "good/fast") >= 20, Impatient);

        var good = scans.Where(s => s.Group == "good/fast").Select(s => s.Instant).ToList();
        var span = good[^1] - good[0];
        // Behind the silent one's timeout of 300 ms each of them would take four periods; a busy machine costs some of them.
        Assert.True(span / 100 <= 3 * good.Count, $"{good.Count} scans in {span} ms: the good device lost its period");
        Assert.Contains(Readings(scans, "wrong/fast"), r => r.Count == 72);
        var refused = Readings(scans, "wrong/fast").Where(r => r.Count is null);
        Assert.All(refused, r => Assert.Equal(Quality.Bad(QualityReason.Configuration), r.Quality));
        Assert.Contains(Readings(scans, "wrong/fast"), r => r.Count is null);
        foreach (var failing in new[] { "silent/fast", "gone/fast" })
        {
            Assert.NotEmpty(Readings(scans, failing));
            Assert.All(Readings(scans, failing), r => Assert.Equal(Reading.Bad(r.Tag, QualityReason.Communication), r));
        }
        foreach (var device in new[] { "wrong", "silent", "gone" })
            Assert.Single(_log.Warnings, l => l.Contains($"Device {device} ", StringComparison.Ordinal));
        Assert.True(_status.Failures >= 3);
    }

    [Fact]
    public async Task A_device_that_comes_back_is_read_again_and_said_so_once()
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        await using (var first = ModbusServer.Start(endpoint, new TestUnits(71))) endpoint = first.Endpoint;
        var tags = Site.Tags((Site.Device("meter", endpoint.Port), Site.Modbus(Fast, Site.Level("Pressure", 0))));
        ModbusServer? second = null;

        var scans = await ReadAsync(tags, s =>
        {
            if (s.Count > 0) second ??= ModbusServer.Start(endpoint, new TestUnits(73));
            return s.Count(x => x.Readings[0].Count == 73) >= 3;
        });
        await (second?.DisposeAsync() ?? ValueTask.CompletedTask);

        Assert.Null(scans[0].Readings[0].Count);
        Assert.Single(_log.Warnings);
        Assert.Single(_log.All, l => l.Contains("Device meter recovered", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60 * 24)]
    public async Task A_clock_set_back_costs_one_line_and_no_poll(int hours)
    {
        await using var server = Serve(new TestUnits(71));
        var tags = Site.Tags((Site.Device("meter", server.Endpoint.Port), Site.Modbus(Fast, Site.Level("Pressure", 0))));
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        await using var driver = new ModbusDriver(new LineBook(), Options, time, Report);
        await driver.ApplyAsync(tags.Devices);
        using var stop = new CancellationTokenSource();
        var scans = new ConcurrentQueue<Scan>();
        var reading = Task.Run(async () =>
        {
            await foreach (var scan in driver.Read(stop.Token)) scans.Enqueue(scan);
        });
        await SeesAsync(time, () => scans.Count >= 3);

        time.AdjustTime(time.GetUtcNow().AddHours(-hours));
        var (before, now) = (scans.Count, time.GetUtcNow());
        await SeesAsync(time, () => scans.Count >= before + 5);
        await stop.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.All(scans.TakeLast(3), s => Assert.InRange(s.Instant - now.ToUnixTimeMilliseconds(), 0, 60_000));
        Assert.Contains("Site time was set back", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_a_number_is_bad_and_never_a_number()
    {
        var flow = Site.Level("VolumeFlowRate", 0) with { Type = PointType.Float32, Scale = 1, Resolution = 0.001m };
        await using var server = Serve(new TestUnits(0x7FC0, 0));
        var tags = Site.Tags((Site.Device("meter", server.Endpoint.Port), Site.Modbus(Fast, flow)));

        var scans = await ReadAsync(tags, s => s.Count >= 2);

        Assert.All(scans, s => Assert.Equal([Reading.Bad(0, QualityReason.OutOfRange)], s.Readings));
    }

    [Fact]
    public async Task Bits_and_fields_of_one_register_are_counts_and_a_text_is_no_tag()
    {
        var mode = Site.Level("Mode", 0) with { Kind = PointKind.State, Scale = 1, Resolution = 1, Bits = new BitRange(4, 3) };
        var alarm = mode with { Name = "Alarm", Type = PointType.Bit, Bits = new BitRange(0, 1) };
        var running = alarm with { Name = "Running", Bits = new BitRange(15, 1), Map = new Dictionary<long, long> { [0] = 1, [1] = 7 } };
        var unknown = mode with { Name = "Unknown", Address = 1, Bits = null, Map = new Dictionary<long, long> { [3] = 1 } };
        var model = Site.Level("Model", 2) with { Kind = PointKind.Text, Type = PointType.Text, Length = 2 };
        await using var server = Serve(new TestUnits(0x8051, 4, 0x4142, 0x4344));
        var tags = Site.Tags((Site.Device("meter", server.Endpoint.Port), Site.Modbus(Fast, alarm, mode, running, unknown, model)));

        var scans = await ReadAsync(tags, s => s.Count >= 2);

        Assert.Equal(["Alarm", "Mode", "Running", "Unknown"], tags.Tags.Select(t => t.Id.Split('/')[^1]));
        Assert.All(
            scans,
            s => Assert.Equal(
                [
                    new Reading(0, 1, Quality.Good), new Reading(1, 5, Quality.Good), new Reading(2, 7, Quality.Good),
                    Reading.Bad(3, QualityReason.Configuration),
                ],
                s.Readings.OrderBy(r => r.Tag)));
    }

    [Fact]
    public async Task A_consumer_that_does_not_pull_costs_polls_that_are_counted_and_nothing_else()
    {
        await using var server = Serve(new TestUnits(71));
        var profile = Site.Modbus(TimeSpan.FromMilliseconds(10), Site.Level("Pressure", 0));
        var tags = Site.Tags((Site.Device("meter", server.Endpoint.Port), profile));
        await using var driver = new ModbusDriver(new LineBook(), Options, TimeProvider.System, Report);
        await driver.ApplyAsync(tags.Devices);
        using var stop = new CancellationTokenSource();
        var scans = new List<Scan>();

        await foreach (var scan in driver.Read(stop.Token))
        {
            scans.Add(scan);
            // Long enough for the queue to fill.
            if (scans.Count == 1) await Task.Delay(1500, CancellationToken.None);
            if (_status.Late > 0) await stop.CancelAsync();
        }

        Assert.True(_status.Late > 0);
        Assert.All(scans.Zip(scans.Skip(1)), pair => Assert.True(pair.First.Instant < pair.Second.Instant));
    }

    private static Task SeesAsync(FakeTimeProvider time, Func<bool> condition) => Eventually.HoldsAsync(
        () =>
        {
            time.Advance(Fast / 4);
            return condition();
        },
        "more scans");

    private static ModbusServer Serve(TestUnits units) => ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), units);

    private static List<Reading> Readings(List<Scan> scans, string group) =>
        [.. scans.Where(s => s.Group == group).SelectMany(s => s.Readings)];

    private async Task<List<Scan>> ReadAsync(TagTable tags, Func<List<Scan>, bool> isEnough, ModbusDriverOptions? options = null)
    {
        await using var driver = new ModbusDriver(new LineBook(), options ?? Options, TimeProvider.System, Report);
        await driver.ApplyAsync(tags.Devices);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var scans = new List<Scan>();
        await foreach (var scan in driver.Read(stop.Token))
        {
            scans.Add(scan);
            if (!stop.IsCancellationRequested && isEnough(scans)) await stop.CancelAsync();
        }
        Assert.True(isEnough(scans), $"only {scans.Count} scans came in time");
        return scans;
    }
}
