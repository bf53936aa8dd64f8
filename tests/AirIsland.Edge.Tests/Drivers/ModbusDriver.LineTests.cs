using System.Net.Sockets;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>How lines want to be treated.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverLineTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(2) };

    // Whoever starts an edge looks at its registers; and a start within the tolerance of a slot must not speak for it a second time.
    [Fact]
    public async Task A_register_is_read_when_its_device_begins_and_no_two_begins_share_an_instant()
    {
        await using var server = new TestGateway().Serve(ModbusFraming.Tcp);
        var line = Line(server);
        var profile = Site.Modbus(Period, Site.Register("Total", 0)) with
        {
            Groups = new Dictionary<string, TimeSpan> { ["register"] = TimeSpan.FromDays(1) },
        };
        var options = Options with { Tolerance = TimeSpan.FromDays(1) };
        var instants = new List<long>();
        for (var begin = 0; begin < 3; begin++)
        {
            var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            await using var run = await ModbusRun.StartAsync(options, [line], [(Unit(1, line).Device, profile)]);
            await run.SeesAsync("unit-1", 1);
            instants.AddRange(run.Instants("unit-1"));
            Assert.True(instants[^1] >= now, "a reading older than who read it");
        }
        Assert.Equal(instants.Distinct().Order(), instants);
    }

    // home-assistant/core#153707: a pause that was configured was not kept. OpenEMS/openems#3099: 25 ms cured all timeouts.
    [Theory]
    [InlineData(LineFraming.Tcp)]
    [InlineData(LineFraming.Rtu)]
    public async Task A_gateway_that_does_not_hear_early_requests_is_never_asked_early(LineFraming framing)
    {
        var (answered, early) = (0L, 0);
        var gateway = new TestGateway
        {
            Delay = _ =>
            {
                var now = TimeProvider.System.GetTimestamp();
                // A machine that was held up may have a clock that lags by more than its step.
                if (TimeProvider.System.GetElapsedTime(Interlocked.Exchange(ref answered, now), now).TotalMilliseconds < 35) early++;
                return TimeSpan.Zero;
            },
        };
        await using var server = gateway.Serve(framing == LineFraming.Tcp ? ModbusFraming.Tcp : ModbusFraming.Rtu);
        var line = Line(server) with { Pause = TimeSpan.FromMilliseconds(40), Framing = framing };
        var devices = Enumerable.Range(1, 4).Select(u => Unit(u, line)).ToArray();
        await using var run = await ModbusRun.StartAsync(Options, [line], devices);

        await run.SeesAsync("unit-4", 5);

        Assert.Equal(0, early);
        Assert.Empty(run.Log.Warnings);
    }

    [Fact]
    public async Task A_gateway_that_is_not_ready_at_once_is_given_time_after_it_connected()
    {
        var connected = 0L;
        var tooEarly = 0;
        var gateway = new TestGateway
        {
            Lets = _ => Interlocked.Exchange(ref connected, TimeProvider.System.GetTimestamp()) >= 0,
            Delay = _ =>
            {
                if (TimeProvider.System.GetElapsedTime(Interlocked.Read(ref connected)).TotalMilliseconds < 94) tooEarly++;
                return TimeSpan.Zero;
            },
        };
        await using var server = gateway.Serve();
        var line = Line(server) with { DelayAfterConnect = TimeSpan.FromMilliseconds(100), Connection = ConnectionMode.PerCycle };
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line));

        await run.SeesAsync("unit-1", 3);

        Assert.Equal(0, tooEarly);
    }

    // home-assistant/core#149494: a connection that was held locked every other client of a single-session device out.
    [Fact]
    public async Task A_device_with_one_session_is_left_to_others_between_polls()
    {
        var gateway = new TestGateway { Lets = connected => connected == 0 };
        await using var server = gateway.Serve();
        var line = Line(server) with { Connection = ConnectionMode.PerCycle };
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line), Unit(2, line));
        await run.SeesAsync("unit-1", 2);

        await using var other = new ModbusClient("127.0.0.1", server.Endpoint.Port, new());
        var read = 0;
        for (var attempt = 0; attempt < 200 && read < 3; attempt++)
        {
            try
            {
                Assert.Equal([1000], await other.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
                await other.HangUpAsync(default);
                read++;
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                await Task.Delay(10);
            }
        }

        Assert.Equal(3, read);
        await run.SeesAsync("unit-1", run.Instants("unit-1").Count + 3);
        run.HasNoOtherCount("unit-1", "Pressure", 1000);
        run.HasNoOtherCount("unit-2", "Pressure", 2000);
    }

    [Fact]
    public async Task An_idle_line_is_closed_and_opened_again_for_the_next_poll()
    {
        var gateway = new TestGateway();
        await using var server = gateway.Serve();
        var line = Line(server) with { Connection = ConnectionMode.IdleClose, IdleAfter = TimeSpan.FromMilliseconds(100) };
        var rare = Site.Modbus(TimeSpan.FromMilliseconds(600), Site.Level("Pressure", 0));
        await using var run = await ModbusRun.StartAsync(Options, [line], (Unit(1, line).Device, rare));

        await run.SeesAsync("unit-1", 4);

        Assert.InRange(gateway.Connections, run.Scans.Count, run.Scans.Count + 1);
        Assert.Equal(0, run.Status.Failures);
    }

    [Fact]
    public async Task A_persistent_line_stays_one_connection()
    {
        var gateway = new TestGateway();
        await using var server = gateway.Serve();
        var device = Site.Device("unit-1", server.Endpoint.Port);
        await using var run = await ModbusRun.StartAsync(Options, [], (device, Site.Modbus(Period, Site.Level("Pressure", 0))));

        await run.SeesAsync("unit-1", 10);

        Assert.Equal(1, gateway.Connections);
    }

    // home-assistant/core#101982: devices that close idle connections were logged as errors.
    [Fact]
    public async Task A_connection_that_the_device_closes_is_no_fault()
    {
        var gateway = new TestGateway { Closes = true };
        await using var server = gateway.Serve();
        var line = Line(server);
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line));

        await run.SeesAsync("unit-1", 10);

        Assert.All(run.Readings("unit-1", "Pressure"), r => Assert.Equal(1000, r.Count));
        Assert.Equal(0, run.Status.Failures);
        Assert.Empty(run.Log.Warnings);
        Assert.True(gateway.Connections >= 10);
    }

    [Fact]
    public async Task A_request_that_meets_a_closing_connection_is_asked_again_over_a_new_one()
    {
        var asked = 0;
        var gateway = new TestGateway { Closes = true, Delay = _ => Interlocked.Increment(ref asked) % 3 == 0 ? null : TimeSpan.Zero };
        await using var server = gateway.Serve();
        var line = Line(server);
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line));

        await run.SeesAsync("unit-1", 8);

        Assert.All(run.Readings("unit-1", "Pressure"), r => Assert.Equal(1000, r.Count));
        Assert.Equal(0, run.Status.Failures);
    }

    // A peer that vanished without a word: its connection looks open, and nothing comes any more.
    [Fact]
    public async Task A_half_open_line_is_a_timeout_and_a_new_connection()
    {
        var gateway = new TestGateway();
        var isGone = false;
        gateway.Delay = _ => Volatile.Read(ref isGone) && gateway.Connections == 1 ? null : TimeSpan.Zero;
        await using var server = gateway.Serve();
        var line = Line(server) with { Timeout = TimeSpan.FromMilliseconds(300) };
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line));
        await run.SeesAsync("unit-1", 2);

        Volatile.Write(ref isGone, true);
        var before = run.Instants("unit-1").Count;
        await run.SeesAsync("unit-1", before + 5);

        Assert.Equal(2, gateway.Connections);
        Assert.Equal(1, run.Health.Find("unit-1")?.Timeouts);
        run.HasNoOtherCount("unit-1", "Pressure", 1000);
    }

    [Fact]
    public async Task A_line_that_cannot_be_opened_fails_once_for_all_who_ask_at_once()
    {
        // A gateway that never dials in: a try takes as long as it may.
        EndpointOptions line = new()
        {
            Id = "dtu",
            Address = $"dial-in:{ModbusRun.FreePort()}/dtu",
            Framing = LineFraming.Tcp,
            MaxInFlight = 4,
            ConnectTimeout = TimeSpan.FromSeconds(1),
        };
        var options = Options with { ShortestRest = TimeSpan.FromMinutes(1) };
        await using var run = await ModbusRun.StartAsync(options, [line], [.. Enumerable.Range(1, 4).Select(u => Unit(u, line))]);

        await run.SeesAsync(r => Enumerable.Range(1, 4).All(u => r.Readings($"unit-{u}", "Pressure").Count > 0), "all units told");

        Assert.Equal(1, run.Status.Failures);
        Assert.Single(run.Log.Warnings);
        foreach (var unit in Enumerable.Range(1, 4)) run.HasNoOtherCount($"unit-{unit}", "Pressure");
    }

    private static EndpointOptions Line(ModbusServer server) => new() { Id = "line", Address = $"127.0.0.1:{server.Endpoint.Port}" };

    private static (DeviceOptions Device, DeviceProfile Profile) Unit(int unit, EndpointOptions line) => (
        Site.Device($"unit-{unit}") with { Unit = unit, Endpoint = line.Id }, Site.Modbus(Period, Site.Level("Pressure", 0)));
}
