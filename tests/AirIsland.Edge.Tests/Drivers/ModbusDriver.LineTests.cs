using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>Lines of every kind, and how each wants to be treated.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverLineTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(2) };

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
                // The runtime's timers run on a clock of four milliseconds.
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
        await using var run = await ModbusRun.StartAsync(Options, [], Unit(1, Line(server) with { Id = $"127.0.0.1:{server.Endpoint.Port}" }));

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
    public async Task RTU_goes_over_TCP()
    {
        await using var server = new TestGateway().Serve(ModbusFraming.Rtu);
        var line = Line(server) with { Framing = LineFraming.Rtu };
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line), Unit(7, line));

        await run.SeesAsync("unit-1", 5);
        await run.SeesAsync("unit-7", 5);

        Assert.All(run.Readings("unit-7", "Pressure"), r => Assert.Equal(7000, r.Count));
        Assert.Empty(run.Log.Warnings);
    }

    [Fact]
    public async Task A_gateway_that_dials_in_is_polled_and_again_when_it_dials_anew()
    {
        var port = ModbusRun.FreePort();
        EndpointOptions line = new()
        {
            Id = "dtu",
            Address = $"dial-in:{port}/dtu-1",
            Registration = "dtu-1",
            Heartbeat = "0xFE",
            Timeout = TimeSpan.FromMilliseconds(500),
        };
        await using var behind = new TestGateway().Serve(ModbusFraming.Rtu);
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line), Unit(2, line));

        using (await DtuAsync(port, behind)) await run.SeesAsync("unit-2", 3);
        var before = run.Instants("unit-2").Count;
        using (await DtuAsync(port, behind)) await run.SeesAsync("unit-2", before + 3);

        run.HasNoOtherCount("unit-1", "Pressure", 1000);
        run.HasNoOtherCount("unit-2", "Pressure", 2000);
    }

    [Fact]
    public async Task A_gateway_that_dials_in_goes_on_when_another_is_added_at_its_port()
    {
        var port = ModbusRun.FreePort();
        EndpointOptions Dtu(int n) => new() { Id = $"dtu-{n}", Address = $"dial-in:{port}/dtu-{n}", Timeout = TimeSpan.FromMilliseconds(500) };
        await using var behind = new TestGateway().Serve(ModbusFraming.Rtu);
        await using var run = await ModbusRun.StartAsync(Options, [Dtu(1), Dtu(2)], Unit(1, Dtu(1)));
        using (await DtuAsync(port, behind)) await run.SeesAsync("unit-1", 2);

        await run.ChangeLinesAsync([Dtu(1)]);
        var before = run.Instants("unit-1").Count;

        using (await DtuAsync(port, behind)) await run.SeesAsync("unit-1", before + 2);
    }

    // T5: a wire with noise and an adapter that hears itself.
    [ExternalFact("socat")]
    public async Task A_serial_line_is_polled_through_garbage_and_echo()
    {
        await using var wire = await SerialPair.OpenAsync();
        using var stop = new CancellationTokenSource();
        var noise = NoisyBusAsync(wire.SecondEnd, stop.Token);
        EndpointOptions line = new()
        {
            Id = "bus",
            Address = $"serial:{wire.First}",
            Baud = 19_200,
            Parity = SerialParity.None,
            Echoes = true,
            Timeout = TimeSpan.FromMilliseconds(400),
        };
        await using var run = await ModbusRun.StartAsync(Options, [line], Unit(1, line), Unit(2, line));

        await run.SeesAsync("unit-1", 5);
        await run.SeesAsync("unit-2", 5);
        await run.StopAsync();
        await stop.CancelAsync();
        await noise;

        run.HasNoOtherCount("unit-1", "Pressure", 1000);
        run.HasNoOtherCount("unit-2", "Pressure", 2000);
        Assert.True(run.Scans.Sum(s => s.Readings.Count) > 0);
    }

    // A slave on a bus, by bytes: brings back what it hears, then noise, then its answer; every fifth answer is damaged.
    private static async Task NoisyBusAsync(SerialEndpoint end, CancellationToken stop)
    {
        using var line = await end.OpenAsync(default);
        var (request, answers) = (new byte[8], 0);
        try
        {
            while (true)
            {
                for (var heard = 0; heard < request.Length;) heard += await line.ReceiveAsync(request.AsMemory(heard), stop);
                byte[] answer = [request[0], 3, 2, (byte)(1000 * request[0] >> 8), (byte)(1000 * request[0])];
                answer = [.. answer, .. Crc(answer)];
                if (++answers % 5 == 0) answer[4] ^= 0x10;
                await line.SendAsync((byte[])[.. request, 0x00, 0xFF, 0x55, .. answer], stop);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    // CRC-16/MODBUS, low byte first: written here anew, because the product's is under test.
    private static byte[] Crc(byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }
        return [(byte)crc, (byte)(crc >> 8)];
    }

    // A 4G gateway: dials in, says who it is, sends heartbeats, and passes bytes on to the bus behind it.
    private static async Task<IDisposable> DtuAsync(int port, ModbusServer behind)
    {
        var (dialled, bus) = (new TcpClient { NoDelay = true }, new TcpClient { NoDelay = true });
        await dialled.ConnectAsync(IPAddress.Loopback, port);
        await bus.ConnectAsync(behind.Endpoint);
        await dialled.GetStream().WriteAsync("dtu-1"u8.ToArray());
        await dialled.GetStream().WriteAsync(new byte[] { 0xFE });
        _ = dialled.GetStream().CopyToAsync(bus.GetStream());
        _ = bus.GetStream().CopyToAsync(dialled.GetStream());
        return new Both(dialled, bus);
    }

    private static EndpointOptions Line(ModbusServer server) => new() { Id = "line", Address = $"127.0.0.1:{server.Endpoint.Port}" };

    private static (DeviceOptions Device, DeviceProfile Profile) Unit(int unit, EndpointOptions line) => (
        Site.Device($"unit-{unit}") with { Unit = unit, Endpoint = line.Id }, Site.Modbus(Period, Site.Level("Pressure", 0)));

    private sealed record Both(IDisposable First, IDisposable Second) : IDisposable
    {
        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
