using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Quantities;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Drivers.Dlt645;

[Collection(nameof(Dlt645DriverTests))]
[CollectionDefinition(nameof(Dlt645DriverTests), DisableParallelization = true)]
public class Dlt645DriverTests
{
    private const string Energy = "00010000";

    [Fact]
    public async Task Meters_of_both_editions_on_one_line_take_turns_and_carry_their_slots()
    {
        await using var server = Serve(
            Meter(MeterSite.Asked, DltEdition.Edition2007, (Energy, () => 1206.42m), ("02010100", () => 230.1m)),
            Meter(MeterSite.Other, DltEdition.Edition1997, ("9010", () => 1426.79m)));
        await using var site = new MeterSite();

        var scans = await site.ReadAsync(
            s => s.Count(x => x.Group == "new/fast") >= 5 && s.Count(x => x.Group == "old/fast") >= 5,
            (Device("new", server), MeterSite.Map(MeterSite.Level("Energy", Energy), MeterSite.Level("Voltage", "02010100"))),
            (Device("old", server, MeterSite.Other), MeterSite.Map(MeterSite.Level("Energy", "9010"))));

        Assert.All(scans.Where(s => s.Group == "new/fast"), s => Assert.Equal([120642, 2301], s.Readings.Select(r => r.Count)));
        Assert.All(scans.Where(s => s.Group == "old/fast"), s => Assert.Equal([142679], s.Readings.Select(r => r.Count)));
        Assert.True(scans.Count(s => s.Instant % 100 == 0) > scans.Count / 2, "most scans ended in time for their slot");
        Assert.Empty(site.Log.Warnings);
        var counts = Assert.Single(site.Driver.Counts);
        Assert.Equal((0, 0, 0), (counts.Timeouts, counts.StrayFrames, counts.DroppedBytes));
    }

    [Fact]
    public async Task A_register_is_read_when_its_meter_begins()
    {
        await using var server = Serve(Meter(MeterSite.Asked, DltEdition.Edition2007, (Energy, () => 1206.42m)));
        await using var site = new MeterSite();

        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var scans = await site.ReadAsync(
            s => s.Count >= 1, (Device("m", server), MeterSite.Map(TimeSpan.FromDays(1), MeterSite.Register("Total", Energy))));

        Assert.Equal(120642, Assert.Single(Assert.Single(scans).Readings).Count);
        Assert.True(scans[0].Instant >= now, "a reading older than who read it");
    }

    // OpenEMS/openems#6: an unreachable device blocked the whole bridge. home-assistant/core#51326: a bus frozen by missing devices.
    [Fact]
    public async Task A_dead_meter_does_not_block_the_line()
    {
        await using var server = Serve(
            Meter(MeterSite.Asked, DltEdition.Edition2007, (Energy, () => 1206.42m)),
            Meter(MeterSite.Other, DltEdition.Edition2007, (Energy, () => 1m)));
        var options = MeterSite.Patient with
        {
            Timeout = TimeSpan.FromSeconds(1),
            ShortestRest = TimeSpan.FromSeconds(60),
            LongestRest = TimeSpan.FromSeconds(60),
        };
        await using var site = new MeterSite(options);
        var three = MeterSite.Map(
            MeterSite.Level("Energy", Energy), MeterSite.Level("Reverse", "00020000"), MeterSite.Register("Total", "00000000"));
        var one = MeterSite.Map(MeterSite.Level("Energy", Energy));

        var clock = Stopwatch.StartNew();
        var scans = await site.ReadAsync(
            s => MeterSite.Readings(s, "good").Count >= 20 && MeterSite.Readings(s, "other").Count >= 20,
            (Device("dead", server, "999999999999"), three), (Device("good", server), one),
            (Device("other", server, MeterSite.Other), one));

        // Of its three identifiers in two scan groups one request was enough to know.
        Assert.Equal(1, site.Driver.Counts[0].Timeouts);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"the others took {clock.Elapsed} for 20 polls of 0.1 s");
        Assert.All(MeterSite.Readings(scans, "good"), r => Assert.Equal(120642, r.Count));
        Assert.All(MeterSite.Readings(scans, "other"), r => Assert.Equal(100, r.Count));
        Assert.Equal(
            [0U, 1U, 2U], MeterSite.Readings(scans, "dead").Where(r => r.Quality == Quality.Bad(QualityReason.Communication))
                .Select(r => r.Tag).Order());
        Assert.Single(site.Log.Warnings, l => l.StartsWith("Device dead ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_meter_that_comes_back_is_found_by_one_request_and_said_so_once()
    {
        var isThere = false;
        await using var line = new ScriptedLine((request, send) =>
            Volatile.Read(ref isThere) ? send(ScriptedLine.Answer(request, Energy, 1206.42m)) : Task.CompletedTask);
        await using var site = new MeterSite(MeterSite.Impatient);

        var scans = await site.ReadAsync(
            s =>
            {
                if (site.Status.Failures >= 2) Volatile.Write(ref isThere, true);
                return s.SelectMany(x => x.Readings).Count(r => r.Count is not null) >= 3;
            },
            (MeterSite.Device("meter", MeterSite.Asked, line.Port), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        Assert.Null(scans[0].Readings[0].Count);
        Assert.Single(site.Log.Warnings);
        Assert.Single(site.Log.All, l => l.Contains("Device meter recovered", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_not_there_rests_as_a_whole_and_comes_back_as_a_whole()
    {
        var meters = new[] { MeterSite.Asked, MeterSite.Other }
            .Select(m => Meter(m, DltEdition.Edition2007, (Energy, () => 1206.42m))).ToArray();
        var endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        await using (var first = DltServer.Start(endpoint, new DltMeters(meters))) endpoint = first.Endpoint;
        DltServer? second = null;
        await using var site = new MeterSite();
        var map = MeterSite.Map(MeterSite.Level("Energy", Energy));

        var scans = await site.ReadAsync(
            s =>
            {
                if (s.Count >= 2) second ??= DltServer.Start(endpoint, new DltMeters(meters));
                return new[] { "one", "two" }.All(id => MeterSite.Readings(s, id).Any(r => r.Count == 120642));
            },
            (MeterSite.Device("one", MeterSite.Asked, endpoint.Port), map), (MeterSite.Device("two", MeterSite.Other, endpoint.Port), map));
        await (second?.DisposeAsync() ?? ValueTask.CompletedTask);

        Assert.Null(scans[0].Readings[0].Count);
        // The line is news once, whichever meter found it out.
        Assert.Single(site.Log.Warnings);
    }

    // OpenEMS/openems#3099, home-assistant/core#153707: a second device on a gateway made timeouts, a pause between requests cured them.
    [Fact]
    public async Task The_pause_that_a_gateway_needs_is_kept()
    {
        var ready = 0L;
        var early = 0;
        await using var line = new ScriptedLine(async (request, send) =>
        {
            if (Stopwatch.GetTimestamp() < Volatile.Read(ref ready))
            {
                Interlocked.Increment(ref early);
                return;
            }
            await send(ScriptedLine.Answer(request, Energy, 1m));
            Volatile.Write(ref ready, Stopwatch.GetTimestamp() + (Stopwatch.Frequency * 25 / 1000));
        });
        await using var site = new MeterSite(MeterSite.Patient with { Timeout = TimeSpan.FromSeconds(2) });
        var map = MeterSite.Map(TimeSpan.FromMilliseconds(10), MeterSite.Level("Energy", Energy));
        EndpointOptions[] lines =
            [new() { Id = "gateway", Address = $"127.0.0.1:{line.Port}", Pause = TimeSpan.FromMilliseconds(100) }];

        var scans = await site.ReadAsync(
            lines, s => s.Count >= 10,
            (MeterSite.Device("one", MeterSite.Asked, "gateway"), map), (MeterSite.Device("two", MeterSite.Other, "gateway"), map));

        Assert.Equal(0, early);
        Assert.Equal(0, site.Driver.Counts[0].Timeouts);
        Assert.Contains(scans, s => s.Group == "two/fast");
        // Two meters each 10 ms are more than a line with such a pause can carry: what was too much was left out, not queued.
        Assert.True(site.Status.Late > 0);
    }

    // home-assistant/core#149494: a held connection locked out every other client.
    [Theory]
    [InlineData(ConnectionMode.IdleClose, true)]
    [InlineData(ConnectionMode.PerCycle, true)]
    [InlineData(ConnectionMode.Persistent, false)]
    public async Task A_gateway_with_one_session_gets_it_back_when_its_endpoint_says_so(ConnectionMode mode, bool isGivenBack)
    {
        await using var line = new ScriptedLine((request, send) => send(ScriptedLine.Answer(request, Energy, 1m)));
        await using var site = new MeterSite();
        EndpointOptions[] lines =
        [
            new() { Id = "gateway", Address = $"127.0.0.1:{line.Port}", Connection = mode, IdleAfter = TimeSpan.FromMilliseconds(100) },
        ];

        await site.ReadAsync(
            lines, s => s.Count >= 3,
            (MeterSite.Device("one", MeterSite.Asked, "gateway"),
                MeterSite.Map(TimeSpan.FromMilliseconds(600), MeterSite.Level("Energy", Energy))));

        Assert.Equal(isGivenBack, line.Connections > 1);
        Assert.Empty(site.Log.Warnings);
    }

    // home-assistant/core#101982: devices that close idle connections were logged as errors.
    [Fact]
    public async Task A_gateway_that_hangs_up_while_idle_is_no_fault()
    {
        await using var line = new ScriptedLine(async (request, send) =>
        {
            await send(ScriptedLine.Answer(request, Energy, 1m));
            throw new IOException("hangs up");
        });
        await using var site = new MeterSite();

        var scans = await site.ReadAsync(
            s => s.Count >= 4,
            (MeterSite.Device("one", MeterSite.Asked, line.Port),
                MeterSite.Map(TimeSpan.FromMilliseconds(300), MeterSite.Level("Energy", Energy))));

        Assert.All(scans, s => Assert.Equal([new Reading(0, 100, Quality.Good)], s.Readings));
        Assert.True(line.Connections >= 4);
        Assert.Empty(site.Log.Warnings);
    }

    [Fact]
    public async Task Devices_come_and_go_while_the_others_of_their_line_go_on()
    {
        await using var line = new ScriptedLine((request, send) => send(ScriptedLine.Answer(request, Energy, 1m)));
        await using var site = new MeterSite();
        var registry = new TagRegistry();
        var map = MeterSite.Map(MeterSite.Level("Energy", Energy));
        var (one, two) = (MeterSite.Device("one", MeterSite.Asked, line.Port), MeterSite.Device("two", MeterSite.Other, line.Port));
        var scans = new ConcurrentQueue<Scan>();
        using var stop = new CancellationTokenSource();
        await site.Driver.ApplyAsync(Site.Tags(registry, (one, map), (two, map)).Devices);
        var reading = Task.Run(async () =>
        {
            await foreach (var scan in site.Driver.Read(stop.Token)) scans.Enqueue(scan);
        });
        await Eventually.HoldsAsync(() => scans.Any(s => s.Group == "two/fast"), "both are read");

        await site.Driver.ApplyAsync(Site.Tags(registry, (one, map)).Devices);
        var gone = scans.Count(s => s.Group == "two/fast");
        var before = scans.Count;
        await Eventually.HoldsAsync(() => scans.Count >= before + 5, "the other goes on");
        await site.Driver.ApplyAsync(Site.Tags(registry, (one, map), (two with { Ratio = 40 }, map)).Devices);
        var after = gone;
        await Eventually.HoldsAsync(() => scans.Count(s => s.Group == "two/fast") > after, "it is back");
        await site.Driver.ApplyAsync([]);
        var end = scans.Count;
        await Task.Delay(300);
        await stop.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(end, scans.Count);
        Assert.Equal(1, line.Connections);
        Assert.Empty(site.Log.Warnings);
    }

    [Fact]
    public async Task A_clock_set_back_costs_one_line_and_no_poll()
    {
        await using var server = Serve(Meter(MeterSite.Asked, DltEdition.Edition2007, (Energy, () => 1m)));
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        await using var site = new MeterSite(null, time);
        await site.Driver.ApplyAsync(Site.Tags((Device("meter", server), MeterSite.Map(MeterSite.Level("Energy", Energy)))).Devices);
        var scans = new ConcurrentQueue<Scan>();
        using var stop = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            await foreach (var scan in site.Driver.Read(stop.Token)) scans.Enqueue(scan);
        });
        await SeesAsync(() => scans.Count >= 3);

        time.AdjustTime(time.GetUtcNow().AddHours(-1));
        var (before, now) = (scans.Count, time.GetUtcNow());
        await SeesAsync(() => scans.Count >= before + 5);
        await stop.CancelAsync();
        await reading.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.All(scans.TakeLast(3), s => Assert.InRange(s.Instant - now.ToUnixTimeMilliseconds(), 0, 60_000));
        Assert.Contains("Site time was set back", Assert.Single(site.Log.Warnings), StringComparison.Ordinal);

        Task SeesAsync(Func<bool> condition) => Eventually.HoldsAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(25));
                return condition();
            },
            "more scans");
    }

    private static DltServer Serve(params DltMeter[] meters) =>
        DltServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new DltMeters(meters));

    private static DltMeter Meter(string address, DltEdition edition, params (string Identifier, Func<decimal?> Value)[] registers) => new(
        MeterAddress.Parse(address), edition, registers.ToDictionary(r => DltIdentifier.Parse(r.Identifier), r => r.Value));

    private static DeviceOptions Device(string id, DltServer server, string address = MeterSite.Asked) =>
        MeterSite.Device(id, address, server.Endpoint.Port);
}
