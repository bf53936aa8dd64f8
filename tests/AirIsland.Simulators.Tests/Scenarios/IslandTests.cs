using System.Net;
using System.Text;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Devices.Fleet;
using AirIsland.Simulators.Scenarios;

namespace AirIsland.Simulators.Tests.Scenarios;

/// <summary>The whole station over four protocols, live: what an edge can be run against.</summary>
public class IslandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ScenarioStation Station = ScenarioFile.Load("island").Stations[0];

    [Fact]
    public void It_is_a_station_of_five_compressors_two_dryers_and_eight_companies_over_four_protocols()
    {
        Assert.Equal((5, 2, 8), (Station.Machines.Sum(m => m.Count), Station.Treatment.Count, Station.Branches.Count));
        Assert.Equal(
            Enumerable.Range(1, 5).Select(i => $"compressor-{i}").Append("dryer-1").Append("dryer-2").Order(),
            Station.Meters.Where(m => m.Address is not null && m.At != "station").Select(m => m.At).Order());
        Assert.Equal(
            Station.Branches.Select(b => b.Consumer?.Name).Order(),
            Station.Meters.Where(m => m.Id.EndsWith("-flow", StringComparison.Ordinal) && m.At != "header").Select(m => m.At).Order());
        var tags = Station.Meters.Sum(m => DeviceProfiles.Load(m.Profile).Points.Count);
        Assert.InRange(tags, 280, 320);
        Assert.Equal(
            ["Modbus", "Modbus on a line", "Dlt645 on a line", "MqttJson"],
            Station.Meters.Select(m => $"{DeviceProfiles.Load(m.Profile).Protocol}{(m.Line is null ? "" : " on a line")}").Distinct());
    }

    [Fact]
    public async Task Every_wired_device_answers_every_point_of_its_map_where_its_line_is()
    {
        var (south, dryers) = (FreePorts.Next(), FreePorts.Next());
        await using var ears = DialInListener.Start(
            new(IPAddress.Loopback, south), [Named("south-bus", "SOUTH-01", 0xC0, 0xC1, 0xC2)]);
        await using var moreEars = DialInListener.Start(new(IPAddress.Loopback, dryers), [Named("dryer-bus", "DRYER-01", 0xFE)]);
        var ports = Station.Meters.Select(m => m.Port).Concat(Station.Lines.Select(l => l.Port)).Where(p => p != 0).Distinct();
        await using var running = await Running.StartAsync(
            ["--plant:scenario", "island", "--modbus:instead:15430", $"{south}", "--modbus:instead:15440", $"{dryers}",
                .. ports.SelectMany(p => new[] { $"--modbus:instead:{p}", "0" })]);
        await running.PassAsync(TimeSpan.FromMinutes(1));

        var read = 0;
        foreach (var line in running.Fleet.Devices.Where(d => d.Place.Topic is null).GroupBy(LineOf))
        {
            ILineEndpoint endpoint = line.Key switch
            {
                "south-bus" => ears.Line(line.Key),
                "dryer-bus" => moreEars.Line(line.Key),
                _ => new TcpEndpoint("127.0.0.1", line.First().Endpoint?.Port ?? throw new InvalidOperationException(line.Key)),
            };
            read += line.First().Place.Address is null
                ? await ReadModbusAsync(endpoint, [.. line])
                : await ReadMetersAsync(endpoint, [.. line]);
        }

        Assert.Equal(running.Fleet.Devices.Where(d => d.Place.Topic is null).Sum(d => d.Device.Points.Count), read);
        Assert.True(read > 250, $"{read} points");

        static string LineOf(FleetDevice device) => device.Place.Line ?? $"{device.Endpoint}";
    }

    private static async Task<int> ReadModbusAsync(ILineEndpoint endpoint, IReadOnlyList<FleetDevice> devices)
    {
        var framing = devices[0].Line?.Framing ?? ModbusFraming.Tcp;
        await using var client = new ModbusClient(endpoint, framing, new() { Timeout = Patience, ConnectTimeout = Patience });
        foreach (var device in devices)
        {
            foreach (var point in device.Device.Points)
            {
                var registers = await client.ReadAsync(
                    point.Table, device.Place.Unit, point.Address, point.RegisterCount, CancellationToken.None);
                Same(device, point, PointCodec.ToEngineering(point, registers));
            }
        }
        return devices.Sum(d => d.Device.Points.Count);
    }

    private static async Task<int> ReadMetersAsync(ILineEndpoint endpoint, IReadOnlyList<FleetDevice> devices)
    {
        await using var client = new DltClient(DltLines.Over(endpoint), new() { Timeout = Patience, ConnectTimeout = Patience });
        foreach (var device in devices)
        {
            foreach (var point in device.Device.Points)
            {
                var item = point.Item ?? throw new InvalidOperationException(point.Name);
                var answer = await client.ReadAsync(MeterAddress.Parse(device.Place.Address ?? ""), item, CancellationToken.None);
                Same(device, point, answer.Values[point.Index] is { } raw ? PointCodec.ToEngineering(point, raw) : null);
            }
        }
        return devices.Sum(d => d.Device.Points.Count);
    }

    private static void Same(FleetDevice device, ProfilePoint point, decimal? value)
    {
        Assert.True(value is not null, $"{device.Id}/{point.Name} has no value");
        // A binary32 is the nearest to the display's digits.
        Assert.Equal((double)device.Device.Shows(point.Name), (double)value, (double)point.Resolution / 2);
    }

    private static DialInGateway Named(string name, string registration, params byte[] heartbeat) =>
        new(name) { Registration = Encoding.ASCII.GetBytes(registration), Heartbeat = heartbeat };
}
