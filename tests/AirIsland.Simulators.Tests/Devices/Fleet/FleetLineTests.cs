using System.Net;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Peers;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Fleet.Sources;
using Microsoft.Extensions.Options;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>Devices on serial ports, behind RTU gateways, and behind gateways that dial in.</summary>
public sealed class FleetLineTests
{
    private static readonly FleetDeviceOptions Bus = new() { Id = "bus", Profile = "acrel-dtsd1352", Line = "line", Unit = 7 };

    private static readonly FleetDeviceOptions Meter =
        new() { Id = "meter", Profile = "dlt645-2007", Line = "line", Address = "230915000100" };

    private static readonly MeterAddress Address = MeterAddress.Parse("230915000100");

    [Fact]
    public async Task Modbus_rtu_is_spoken_over_a_tcp_gateway()
    {
        await using var fleet = await StartAsync(Bus, new() { Id = "line" });
        await using var client = new ModbusClient(
            new TcpEndpoint("127.0.0.1", fleet.PortOf("bus")), ModbusFraming.Rtu, new() { Timeout = TimeSpan.FromSeconds(20) });

        Assert.Equal([2300, 2300, 2300], await client.ReadAsync(RegisterTable.Holding, 7, 0x61, 3, default));
        Assert.Equal(3, fleet.Bench.ServedBy("bus"));
    }

    [ExternalFact("mbpoll", "socat")]
    public async Task A_foreign_master_reads_modbus_rtu_on_a_serial_line()
    {
        await using var wire = await SerialPair.OpenAsync();
        await using var fleet = await StartAsync(Bus, OnSerial(wire));

        Assert.Equal([2300, 2300, 2300], await Mbpoll.ReadAsync(Mbpoll.Rtu(wire.First), "-a 7 -t 4 -r 97 -c 3"));
        Assert.Equal(wire.Second, fleet.Bench.Describe("bus").Endpoint);
    }

    [ExternalFact("socat")]
    public async Task A_meter_answers_on_a_serial_line()
    {
        await using var wire = await SerialPair.OpenAsync();
        await using var fleet = await StartAsync(Meter, OnSerial(wire));
        await using var client = new DltClient(DltLines.Over(wire.FirstEnd), new() { Timeout = TimeSpan.FromSeconds(20) });

        Assert.Equal(230m, (await client.ReadAsync(Address, DltItems.Get("02010100"), default)).Value);
        Assert.Equal(Address, await client.ReadAddressAsync(default));
    }

    [Fact]
    public async Task Gateways_dial_in_say_who_they_are_and_dial_again()
    {
        var endpoint = new IPEndPoint(IPAddress.Loopback, FreePorts.Next());
        FleetLineOptions bus = new()
        {
            Id = "line",
            DialTo = endpoint.Port,
            Registration = "0x0102",
            Heartbeat = "0xC0C1",
            Pause = TimeSpan.FromMilliseconds(50),
        };
        await using var rtu = await StartAsync(Bus, bus);
        await using var dlt = await StartAsync(Meter, bus with { Registration = null });
        DialInGateway[] gateways =
        [
            new("bus") { Registration = new byte[] { 1, 2 }, Heartbeat = new byte[] { 0xC0, 0xC1 } },
            new("meter") { Registration = "line"u8.ToArray(), Heartbeat = new byte[] { 0xC0, 0xC1 } },
        ];
        var patience = TimeSpan.FromSeconds(20);

        for (var dial = 1; dial <= 2; dial++)
        {
            await using var listener = DialInListener.Start(endpoint, gateways);
            await using var master = new ModbusClient(
                listener.Line("bus"), ModbusFraming.Rtu, new() { Timeout = patience, ConnectTimeout = patience });
            await using var client = new DltClient(
                DltLines.Over(listener.Line("meter")), new() { Timeout = patience, ConnectTimeout = patience });

            // Heartbeats are heard by whoever listens for an answer.
            for (var polls = 0; polls < 3 || (listener.Heartbeats < 4 && polls < 300); polls++)
            {
                Assert.Equal([2300], await master.ReadAsync(RegisterTable.Holding, 7, 0x61, 1, default));
                Assert.Equal(230m, (await client.ReadAsync(Address, DltItems.Get("02010100"), default)).Value);
                await Task.Delay(20);
            }
            Assert.True(listener.Heartbeats >= 4, "they keep their connections alive");
            Assert.Equal((0, 0), (listener.Refused, client.Timeouts));
        }
        Assert.Equal($"dials {endpoint}", rtu.Bench.Describe("bus").Endpoint);
    }

    [Fact]
    public void Every_mistake_in_lines_is_a_line()
    {
        var options = new FleetOptions
        {
            Lines =
            [
                new() { Id = "line", Serial = "/dev/x", Port = 9 }, new() { Id = "a b", Framing = ModbusFraming.Tcp, Serial = "/dev/y" },
                new() { Id = "hex", DialTo = 1, Registration = "0x1", Pause = TimeSpan.Zero }, new() { Id = "hex", Baud = 1 },
                new() { Id = "free" },
            ],
            Devices =
            [
                Bus, Meter, Bus with { Id = "twice" }, Bus with { Id = "lost", Line = "nix", Unit = 9 },
                Bus with { Id = "both", Line = "free", Port = 99 }, Meter with { Id = "plain", Line = "free", Unit = 3, Address = "12" },
                new() { Id = "no-meter", Profile = "mam860", Port = 1502, Address = "230915000100" },
            ],
        };

        var refusal = Assert.Throws<OptionsValidationException>(() => new SourcedDevices(options));
        var mistakes = refusal.Failures.Select(mistake => mistake["fleet: ".Length..]).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "both and plain share a line and speak differently",
                "both: it is on line free, and has no port, gateway or topic",
                "bus and meter and twice share a line and speak differently",
                "bus and twice have the same port and unit",
                "line a b: Modbus TCP is not spoken on a serial port",
                "line a b: an id is 1 to 64 letters, digits, '-', '_' or '.'",
                "line hex is given twice",
                "line hex: 1 baud are not between 300 and 4,000,000",
                "line hex: a pause is from 10 ms to 1 h",
                "line hex: registration '0x1' is no hex",
                "line line: it listens on a port, is serial or dials, one of them",
                "lost: there is no line 'nix'",
                "no-meter: only meters of DL/T 645 have an address",
                "plain: '12' is no address of twelve digits",
            ],
            mistakes);
    }

    private static Task<TestFleet> StartAsync(FleetDeviceOptions device, FleetLineOptions line) =>
        TestFleet.StartAsync(new() { Lines = [line], Devices = [device] }, (_, _) => 230);

    private static FleetLineOptions OnSerial(SerialPair wire) =>
        new() { Id = "line", Serial = wire.Second, Baud = 19_200, Parity = SerialParity.None };
}
