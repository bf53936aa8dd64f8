using System.Net;
using AirIsland.Edge.Drivers.Modbus;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Edge.Tests.Drivers;
using AirIsland.Edge.Tests.Outbox;
using AirIsland.Edge.Uplink;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Proto.Columns;
using AirIsland.Proto.Telemetry.V1;

namespace AirIsland.Edge.Tests.Pipeline;

[Collection(nameof(ModbusDriverTests))]
public sealed class SiteKeeperTests : IAsyncDisposable
{
    private static readonly SiteIdentity Identity = new("edge-1", "test", new Uri("http://127.0.0.1:1"));

    private readonly TagRegistry _registry = new();
    private readonly OutboxBench _outbox = new();
    private readonly LineBook _lines = new();
    private readonly List<ModbusServer> _servers = [];

    private static ModbusReport Report => new(new(), new(TimeProvider.System), new LogLines<ModbusDriver>());

    // thingsboard-gateway#2102, #1910: an unchanged configuration tore down connectors, and duplicated entries.
    [Fact]
    public async Task A_site_changes_while_it_runs_and_every_sample_keeps_its_own_tag()
    {
        var (a, b, c) = (Serve(71), Serve(72), Serve(74));
        var plans = new[]
        {
            Plan(("a", a, "Pressure"), ("b", b, "Pressure")),
            Plan(("a", a, "Pressure"), ("c", c, "Pressure")),
            Plan(("0", c, "Pressure"), ("a", a, "Pressure"), ("b", b, "Depth")),
            Plan(("a", a, "Pressure")),
        };
        await using var driver = new ModbusDriver(_lines, new(), TimeProvider.System, Report);
        using var keeper = new SiteKeeper(plans[0], [driver], [], _lines, _outbox.Store);
        using var collector = new Collector(
            keeper, _registry, new() { BatchAge = TimeSpan.FromMilliseconds(50) }, _outbox.Store,
            new SiteClock(TimeProvider.System, new(), new(), new LogLines<SiteClock>()));
        await _outbox.Store.LearnAsync(keeper.Current.Catalogue);
        await collector.StartAsync(CancellationToken.None);

        foreach (var plan in plans.Skip(1))
        {
            var before = _outbox.Store.State.Measured;
            await Eventually.HoldsAsync(() => _outbox.Store.State.Measured > before + 6, "samples of the site as it was");
            await keeper.ChangeAsync(plan);
        }
        await collector.StopAsync(CancellationToken.None);

        var samples = Samples();
        var expected = new Dictionary<string, long>
        {
            ["test/a/Pressure"] = 71,
            ["test/b/Pressure"] = 72,
            ["test/c/Pressure"] = 74,
            ["test/0/Pressure"] = 74,
            ["test/b/Depth"] = 72,
        };
        Assert.Equal(expected.Keys.Order(), samples.Select(s => s.Tag).Distinct().Order());
        Assert.All(samples, s => Assert.Equal(expected[s.Tag], s.Count));
        Assert.Equal(_outbox.Store.State.Measured, samples.Count);
        Assert.Equal(samples.Count, samples.Distinct().Count());
    }

    [Fact]
    public async Task A_change_that_fails_leaves_the_site_as_it_was()
    {
        var a = Serve(71);
        var (before, next) = (Plan(("a", a, "Pressure")), Plan(("c", a, "Pressure")));
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        next = next with { Endpoints = [new() { Id = "dtu", Address = $"dial-in:{port}/dtu" }] };
        await using var driver = new ModbusDriver(_lines, new(), TimeProvider.System, Report);
        using var keeper = new SiteKeeper(before, [driver], [], _lines, _outbox.Store);
        using var collector = new Collector(
            keeper, _registry, new() { BatchAge = TimeSpan.FromMilliseconds(50) }, _outbox.Store,
            new SiteClock(TimeProvider.System, new(), new(), new LogLines<SiteClock>()));
        await _outbox.Store.LearnAsync(keeper.Current.Catalogue);
        await collector.StartAsync(CancellationToken.None);

        await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(() => keeper.ChangeAsync(next));

        Assert.Same(before, keeper.Current);
        var measured = _outbox.Store.State.Measured;
        await Eventually.HoldsAsync(() => _outbox.Store.State.Measured > measured + 3, "samples of the site as it was");
        await collector.StopAsync(CancellationToken.None);
        Assert.Equal(["test/a/Pressure"], Samples().Select(s => s.Tag).Distinct());
    }

    public async ValueTask DisposeAsync()
    {
        await _lines.DisposeAsync();
        foreach (var server in _servers) await server.DisposeAsync();
        await _outbox.DisposeAsync();
    }

    private ModbusServer Serve(ushort value)
    {
        _servers.Add(ModbusServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new TestUnits(value)));
        return _servers[^1];
    }

    private SitePlan Plan(params (string Id, ModbusServer Server, string Point)[] devices)
    {
        var tags = Site.Tags(_registry, [.. devices.Select(d => (
            Site.Device(d.Id, d.Server.Endpoint.Port),
            Site.Modbus(TimeSpan.FromMilliseconds(100), Site.Level(d.Point, 0))))]);
        return new(tags, [], tags.ToCatalogue(Identity));
    }

    /// <summary>Every sample in the outbox, under the tag that its batch's own catalogue says.</summary>
    private List<(string Tag, long Instant, long Count)> Samples()
    {
        var samples = new List<(string, long, long)>();
        foreach (var lane in new[] { Edge.Outbox.Lane.Live, Edge.Outbox.Lane.Backfill })
        {
            for (var n = 1L; n <= _outbox.Store.State[lane].Appended; n++)
            {
                var batch = _outbox.Store.Read(lane, n);
                Assert.NotNull(batch);
                var canonical = _outbox.Store.ReadCatalogue(batch.Catalogue);
                Assert.NotNull(canonical);
                var tags = Catalogue.Parser.ParseFrom(canonical).Tags;
                var block = BlockReader.Read(batch.Block.Payload, batch.Block.Encoding);
                foreach (var group in block.Groups)
                {
                    foreach (var column in group.Columns)
                    {
                        var tag = tags[(int)column.Tag].Id;
                        samples.AddRange(column.Rows.Index().Select(r => (tag, group.Instants[r.Item], column.Counts[r.Index])));
                    }
                }
            }
        }
        return samples;
    }
}
