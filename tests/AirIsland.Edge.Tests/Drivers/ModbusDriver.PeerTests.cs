using System.Globalization;
using System.Text.Json;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests;
using AirIsland.Fieldbus.Tests.Peers;
using AirIsland.Quantities;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>The driver at slaves and gateways that nobody here wrote; tests/peers says what they hold.</summary>
[Collection(nameof(ModbusDriverTests))]
public class ModbusDriverPeerTests
{
    private static readonly ModbusDriverOptions Options = new() { Timeout = TimeSpan.FromSeconds(5) };

    private static readonly PointType[] Types =
        [.. Enum.GetValues<PointType>().Where(t => t is not (PointType.Text or PointType.Float16 or PointType.Int8))];

    // T1
    [NodePeerFact("modbus-serial")]
    public async Task Ten_thousand_tags_are_what_modbus_serial_and_javascript_make_of_them()
    {
        using var folder = new TempFolder();
        var devices = Enumerable.Range(1, 10).Select(unit => (Unit: unit, Points: Points().ToArray())).ToArray();
        var tags = devices.SelectMany(d => d.Points.Select(p => (d.Unit, Point: p))).ToArray();
        await File.WriteAllTextAsync(folder.File("tags.json"), JsonSerializer.Serialize(tags.Select(t => new
        {
            unit = t.Unit,
            address = t.Point.Address,
            type = t.Point.Type.ToString(),
            order = t.Point.Order.ToString(),
            bit = t.Point.Bits?.Low ?? 0,
        })));
        await using var peer = await PeerProcess.NodeAsync("modbus-tags.js", folder.File("tags.json"));
        var expected = JsonSerializer.Deserialize<string?[]>(await File.ReadAllTextAsync(folder.File("tags.json.expected"))) ?? [];
        var second = TimeSpan.FromSeconds(1);
        await using var run = await ModbusRun.StartAsync(
            Options,
            [],
            [.. devices.Select(d => (Site.Device($"unit-{d.Unit}", peer.Port) with { Unit = d.Unit }, Site.Modbus(second, d.Points)))]);

        await run.SeesAsync(r => devices.All(d => r.Of($"unit-{d.Unit}").Count > 0), "a scan of every unit", 60);
        await run.StopAsync();

        Assert.Equal(10_000, tags.Length);
        var values = devices.ToDictionary(d => d.Unit, d => run.Of($"unit-{d.Unit}")[0].Readings.ToDictionary(r => r.Tag, r => r.Count));
        var slots = run.Tags.Devices.SelectMany(d => d.Groups.SelectMany(g => g.Points).Select(p => (d.Options.Unit, p)))
            .ToDictionary(x => (x.Unit, x.p.Point.Name), x => x.p.Tag);
        var numbers = 0;
        foreach (var ((unit, point), text) in tags.Zip(expected))
        {
            var count = values[unit][slots[(unit, point.Name)]];
            Assert.True(IsSame(point, count, text), $"unit {unit} {point.Type} {point.Order} at {point.Address}: {count} is not {text}");
            if (text is not null) numbers++;
        }
        Assert.InRange(numbers, 8_000, 9_990);
    }

    // T2; node-red-contrib-modbus#409
    [NodePeerFact("modbus-serial")]
    public async Task A_unit_that_answers_after_four_seconds_leaves_the_others_of_its_gateway_their_period()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-slow.js");
        EndpointOptions gateway = new() { Id = "gateway", Address = $"127.0.0.1:{peer.Port}", MaxInFlight = 4 };
        EndpointOptions control = gateway with { Id = "control" };
        var profile = Site.Modbus(TimeSpan.FromSeconds(1), Site.Level("Pressure", 7));
        var options = Options with { Timeout = TimeSpan.FromSeconds(1), Tolerance = TimeSpan.FromMilliseconds(150) };
        await using var run = await ModbusRun.StartAsync(
            options, [gateway, control], [.. new[] { 1, 2, 3, 4, 5, 6, 7 }.Select(u => (Unit(u), profile))]);

        await run.SeesAsync("unit-1", 15);
        await run.StopAsync();

        var p99 = P99([1, 2, 4]);
        // Units 5 to 7 have a line of their own to the same gateway: what the machine does to them, it does to all.
        Assert.True(p99 <= Math.Max(1200, P99([5, 6, 7])), $"the longest of a hundred periods was {p99} ms");
        Assert.Empty(run.Instants("unit-3"));
        foreach (var u in new[] { 1, 2, 4, 5, 6, 7 }) run.HasNoOtherCount($"unit-{u}", "Pressure", 8007);

        DeviceOptions Unit(int u) => Site.Device($"unit-{u}") with { Unit = u, Endpoint = u <= 4 ? "gateway" : "control" };

        long P99(int[] units)
        {
            long[] distances =
                [.. units.SelectMany(u => run.Instants($"unit-{u}").Zip(run.Instants($"unit-{u}").Skip(1), (a, b) => b - a)).Order()];
            return distances[(int)(distances.Length * 0.99)];
        }
    }

    // T3; influxdata/telegraf#11782
    [NodePeerFact("modbus-serial")]
    public async Task A_hole_in_the_map_of_modbus_serial_costs_one_value()
    {
        await using var peer = await PeerProcess.NodeAsync("modbus-server.js");
        var points = Enumerable.Range(480, 40).Select(a => Site.Level($"P{a}", (ushort)a)).ToArray();
        await using var run = await ModbusRun.StartAsync(
            Options, [], (Site.Device("meter", peer.Port), Site.Modbus(TimeSpan.FromMilliseconds(300), points)));

        await run.SeesAsync("meter", 1);
        var (scans, requests) = (run.Scans.Count, run.Health.Find("meter")!.Requests);
        await run.SeesAsync("meter", scans + 5);

        foreach (var point in points.Where(p => p.Address != 500)) run.HasNoOtherCount("meter", point.Name, point.Address + 8000);
        Assert.All(run.Scans, s => Assert.Equal(39, s.Readings.Count(r => r.Count is not null)));
        Assert.Equal([Quality.Bad(QualityReason.Configuration)], run.Readings("meter", "P500").Select(r => r.Quality));
        // Two reads leave the hole out; one more is allowed, and one poll may be in flight.
        await run.StopAsync();
        Assert.True(run.Scans.Count >= scans + 5 && requests <= 20, $"{requests} requests to find the hole");
    }

    private static IEnumerable<ProfilePoint> Points()
    {
        var (address, orders) = (0, Enum.GetValues<RegisterOrder>());
        for (var i = 0; i < 1000; i++)
        {
            var type = Types[i % Types.Length];
            var point = Site.Level($"T{i:0000}", (ushort)address) with
            {
                Type = type,
                Order = orders[i / Types.Length % orders.Length],
                Scale = 1,
                Resolution = type is PointType.Float32 or PointType.Float64 ? 0.001m : 1,
                Bits = type == PointType.Bit ? new BitRange(i % 16, 1) : null,
            };
            yield return point;
            address += point.RegisterCount;
        }
    }

    private static bool IsSame(ProfilePoint point, long? count, string? text)
    {
        if (text is null || count is null) return text is null && count is null;
        if (point.Resolution == 1) return count.Value.ToString(CultureInfo.InvariantCulture) == text;
        // JavaScript prints the shortest text that is this float; a count is the nearest thousandth.
        var value = double.Parse(text, CultureInfo.InvariantCulture);
        return Math.Abs((count.Value / 1000.0) - value) <= 0.0005 + (Math.Abs(value) * 1e-12);
    }
}
