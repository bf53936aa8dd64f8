using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Devices.Mqtt;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using Xunit.Abstractions;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>Five hundred devices in one process: 300 with a port each, 150 behind five gateways, 50 that speak MQTT.</summary>
public sealed partial class LargeFleetTests(ITestOutputHelper output)
{
    private const int OwnPorts = 300;
    private const int BehindGateways = 150;
    private const int UnitsOfGateway = 30;
    private const int Ports = OwnPorts + BehindGateways / UnitsOfGateway;
    private const int Speaking = 50;

    private static readonly string[] Profiles =
        ["mam860", "acrel-dtsd1352", "suto-s401", "mam6080", "schneider-pm2100", "2flow-mag11", "fuxin-corrector", "cs-fa510"];

    private static readonly FleetOptions Options = new()
    {
        Devices = [.. Enumerable.Range(0, OwnPorts + BehindGateways + Speaking).Select(Place)],
    };

    [Fact]
    public async Task Every_one_is_read_by_our_client_and_shows_its_own_values()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        await using var fleet = await TestFleet.StartAsync(Options, Reading);
        output.WriteLine(
            $"started in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms, "
            + $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:F1} MiB of managed memory");

        var read = Stopwatch.GetTimestamp();
        var values = 0;
        foreach (var behind in fleet.Fleet.Devices.Where(device => device.Place.Topic is null).GroupBy(device => device.Endpoint))
        {
            var client = fleet.Client(behind.First().Id);
            foreach (var device in behind) values += await ReadAllAsync(client, device);
        }
        output.WriteLine(
            $"{values} values read in {Stopwatch.GetElapsedTime(read).TotalMilliseconds:F0} ms; with {Ports} "
            + $"connections open {(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:F1} MiB managed, "
            + $"{Environment.WorkingSet / 1048576.0:F0} MiB working set of the test process");

        Assert.Equal(Ports, fleet.Fleet.Devices.Select(d => d.Endpoint).OfType<object>().Distinct().Count());
        Assert.Equal(values, fleet.Bench.ServedSamples);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 100 << 20);
    }

    [Fact]
    public async Task From_a_file_of_settings_they_start_answer_and_count()
    {
        using var file = new SettingsFile(
            JsonSerializer.Serialize(new { fleet = new { station = false, devices = Options.Devices.Select(Set) } }));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        await using var simulators = await Running.StartAsync("--settings", file.Path);
        output.WriteLine(
            $"started through settings in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F0} ms, "
            + $"{(GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0:F1} MiB of managed memory");
        await simulators.PassAsync(TimeSpan.FromSeconds(100));

        Assert.Equal(Options.Devices.Select(device => device.Id), simulators.Bench.Devices);
        var read = Stopwatch.GetTimestamp();
        var values = 0;
        foreach (var device in simulators.Fleet.Devices.Where(device => device.Endpoint is not null))
        {
            await using var client = new ModbusClient(
                "127.0.0.1", device.Endpoint?.Port ?? 0, new() { Timeout = TimeSpan.FromSeconds(20) });
            values += await ReadAllAsync(client, device);
        }
        output.WriteLine($"{values} values read over a connection each in {Stopwatch.GetElapsedTime(read).TotalMilliseconds:F0} ms");
        Assert.Equal(values, simulators.Bench.ServedSamples);
        // 1000 at first, and 2 a second; 20 m3/min behind the MQTT meters.
        Assert.Equal(1200m, simulators.Bench.Register("device-1", "electrical/Energy"));
        Assert.Equal(1033.3m, simulators.Bench.Register("device-499", "AccumulatedVolume"));
    }

    [ExternalFact("mbpoll")]
    public async Task A_sample_of_them_is_read_by_a_stranger()
    {
        await using var fleet = await TestFleet.StartAsync(Options, Reading);

        // The first address of these maps, by hand: pressure in 0.01 MPa, and an energy or a frequency.
        foreach (var index in (int[])[0, 1, 3, 8, 104, 233, 296, 304, 321, 403, 440, 449])
        {
            var device = fleet.Fleet.Devices[index];
            var (address, factor) = device.Place.Profile switch
            {
                "mam860" or "mam6080" => (0, 100m),
                "acrel-dtsd1352" => (0x0077, 100m),
                var other => throw new InvalidOperationException($"no literal address for {other}"),
            };
            var (_, shown) = await ExternalProgram.RunAsync(
                "mbpoll", "-m", "tcp", "-o", "10", "-p", $"{fleet.PortOf(device.Id)}", "-a", $"{device.Place.Unit}", "-0", "-t", "4",
                "-r", $"{address}", "-c", "1", "-1", "127.0.0.1");
            var match = Value().Match(shown);
            Assert.True(match.Success, shown);
            Assert.Equal(decimal.Floor(ValueOf(index) * factor), decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));
            Assert.Equal(1, fleet.Bench.ServedBy(device.Id));
        }
    }

    [Fact]
    public async Task Every_one_that_speaks_is_heard_through_a_broker()
    {
        var place = new BrokerOptions { Port = FreePorts.Next() };
        using var broker = new EmbeddedBroker(place);
        await broker.StartAsync(default);
        var fleet = DeviceFleet.Make(Options, id => point => Reading(id, point), new());
        var heard = new ConcurrentDictionary<string, string>();
        using var client = await ListenAsync(place.Port, heard);
        var outbox = new MeterOutbox();
        using var publisher = new MeterPublisher(outbox, place, NullLogger<MeterPublisher>.Instance);
        await publisher.StartAsync(default);

        new MeterSpeaker(fleet, outbox).Follow(DateTimeOffset.UnixEpoch);

        var meters = fleet.Devices.Where(device => device.Place.Topic is not null).ToList();
        await Eventually.IsTrueAsync(() => heard.Count == 2 * Speaking, "each meter was heard on both topics");
        await Eventually.IsTrueAsync(() => meters.All(meter => meter.Device.ServedSamples == 4), "each meter counted its four values");
        await publisher.StopAsync(default);
        await broker.StopAsync(default);
        Assert.Contains("\"total\":6.0}", heard["plant/499/register"]);
    }

    private static FleetDeviceOptions Place(int index)
    {
        var device = new FleetDeviceOptions { Id = $"device-{index}", Profile = Profiles[index % Profiles.Length] };
        if (index < OwnPorts) return device;
        return index < OwnPorts + BehindGateways
            ? device with { Gateway = $"gateway-{index / UnitsOfGateway}", Unit = (byte)(1 + index % UnitsOfGateway) }
            : device with { Profile = "mqtt-flow", Topic = $"plant/{index}" };
    }

    /// <summary>A device as it stands in a file: its first register counts; a flow is counted.</summary>
    private static object Set(FleetDeviceOptions place)
    {
        var points = new Dictionary<string, object>();
        if (place.Topic is not null)
        {
            points["VolumeFlowRate"] = new { value = 20 };
            points["AccumulatedVolume"] = new { value = 1000, counts = "VolumeFlowRate", perSecond = 1 / 60.0 };
        }
        else if (DeviceProfiles.Load(place.Profile).Points.FirstOrDefault(point => point.Kind == PointKind.Register) is { } register)
            points[register.Name] = new { value = 1000, perSecond = 2 };
        return new { id = place.Id, profile = place.Profile, gateway = place.Gateway, unit = place.Unit, topic = place.Topic, points };
    }

    // Away from the halves of every resolution: a float register may round those either way.
    private static decimal ValueOf(int index) => 1.002m + index / 100m;

    private static decimal Reading(string id, string point)
    {
        var index = int.Parse(id["device-".Length..], CultureInfo.InvariantCulture);
        return point is "OperatingState" or "FaultCode" or "WarningCode" ? 1 + index % 7 : ValueOf(index);
    }

    private static async Task<int> ReadAllAsync(ModbusClient client, FleetDevice device)
    {
        var points = device.Device.Points;
        foreach (var block in BlockPlanner.Plan(points, points, device.Device.Profile.MaxRegisters, device.Device.Profile.MaxGap))
        {
            var registers = await client.ReadAsync(block.Table, device.Place.Unit, block.Address, block.Count, default);
            foreach (var point in block.Points)
                Assert.Equal(device.Device.Shows(point.Name), PointCodec.ToCount(point, block.Slice(point, registers)) * point.Resolution);
        }
        return points.Count;
    }

    private static async Task<IMqttClient> ListenAsync(int port, ConcurrentDictionary<string, string> heard)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += message =>
        {
            heard[message.ApplicationMessage.Topic] = message.ApplicationMessage.ConvertPayloadToString();
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithClientId("edge").WithTcpServer("127.0.0.1", port).Build());
        await client.SubscribeAsync("plant/#", MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce);
        return client;
    }

    [GeneratedRegex(@"^\[\d+\]:\s+(-?[\d.e+-]+)", RegexOptions.Multiline)]
    private static partial Regex Value();
}
