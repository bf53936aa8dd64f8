using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>RTU, over every kind of line that carries it.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverRtuTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);
    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(2) };

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
        EndpointOptions Dtu(int n) => new()
        {
            Id = $"dtu-{n}",
            Address = $"dial-in:{port}/dtu-{n}",
            Timeout = TimeSpan.FromMilliseconds(500),
        };
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
