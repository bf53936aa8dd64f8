using System.Net;
using System.Net.Sockets;
using AirIsland.Edge.Drivers.Dlt645;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Tests.Peers;

namespace AirIsland.Edge.Tests.Drivers.Dlt645;

/// <summary>Meters on terminals that socat makes, and behind gateways that dial in.</summary>
public class MeterLineKindTests
{
    private const string Energy = "00010000";

    [ExternalFact("socat")]
    public async Task Meters_on_a_serial_line_are_read_also_after_its_adapter_was_pulled()
    {
        await using var wire = await SerialPair.OpenAsync();
        var serving = ServeAsync(wire.SecondEnd);
        await using var site = new MeterSite(MeterSite.Patient with { Timeout = TimeSpan.FromSeconds(1) });
        Task? again = null;

        var scans = await site.ReadAsync(
            [OnSerial(wire)],
            s =>
            {
                if (Good(s) >= 2) again ??= ReplugAsync();
                Assert.False(again is { IsFaulted: true } || serving.IsFaulted, $"{again?.Exception}{serving.Exception}");
                return again is { IsCompleted: true } && s[^1].Readings[0].Count is not null && s.Any(x => x.Readings[0].Count is null);
            },
            (MeterSite.Device("meter", MeterSite.Asked, "board"), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        Assert.All(scans.SelectMany(s => s.Readings).Where(r => r.Count is not null), r => Assert.Equal(120642, r.Count));

        async Task ReplugAsync()
        {
            await wire.PullOutAsync();
            await serving.WaitAsync(TimeSpan.FromSeconds(10));
            await Eventually.HoldsAsync(() => site.Status.Failures > 0, "the driver saw it");
            await wire.PlugInAsync();
            serving = ServeAsync(wire.SecondEnd);
        }
    }

    [Fact]
    public async Task Meters_behind_a_gateway_that_dials_in_are_read_also_after_it_dialled_again()
    {
        var port = FreePort();
        await using var site = new MeterSite(MeterSite.Patient with { ConnectTimeout = TimeSpan.FromSeconds(10) });
        await using var gateway = new Gateway(port, TimeSpan.FromSeconds(1));

        var scans = await site.ReadAsync(
            [Annex(port)], s => gateway.Dials >= 2 && Good(s) >= 6 && s[^1].Readings[0].Count is not null,
            (MeterSite.Device("meter", MeterSite.Asked, "annex"), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        Assert.All(scans.SelectMany(s => s.Readings).Where(r => r.Count is not null), r => Assert.Equal(120642, r.Count));
        Assert.Equal(0, site.Driver.Counts[0].StrayFrames);
    }

    // A gateway would have to dial again, which takes it a minute on a mobile network.
    [Fact]
    public async Task Silent_meters_do_not_hang_up_a_gateway_that_dialled_in()
    {
        var port = FreePort();
        await using var site = new MeterSite(MeterSite.Impatient with { ConnectTimeout = TimeSpan.FromSeconds(10) });
        await using var gateway = new Gateway(port, TimeSpan.FromMinutes(1));
        // Looked at while the driver runs: once it has stopped, the gateway dials again.
        long? dials = null;

        await site.ReadAsync(
            [Annex(port)], _ => site.Driver.Counts[0].Timeouts >= 5 && (dials ??= gateway.Dials) > 0,
            (MeterSite.Device("dead", MeterSite.Other, "annex"), MeterSite.Map(MeterSite.Level("Energy", Energy))));

        Assert.Equal(1, dials);
    }

    [Fact]
    public async Task A_search_finds_the_meters_of_a_line_in_both_editions()
    {
        DltMeter[] meters =
        [
            Meter(MeterSite.Asked, DltEdition.Edition2007, Energy), Meter("000102030426", DltEdition.Edition2007, Energy),
            Meter(MeterSite.Other, DltEdition.Edition1997, "9010"),
        ];
        await using var server = DltServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new DltMeters(meters));
        await using var lines = new LineBook();

        var found = await MeterSearch.FindAsync(
            lines, EndpointOptions.At($"127.0.0.1:{server.Endpoint.Port}"), MeterSite.Patient, CancellationToken.None);

        Assert.Equal(
            ["000102030425 2007", "000102030426 2007", "000000000161 1997"], found.Select(f => $"{f.Address} {(int)f.Edition}"));
    }

    private static int Good(List<Scan> scans) => scans.SelectMany(s => s.Readings).Count(r => r.Count is not null);

    private static EndpointOptions Annex(int port) =>
        new() { Id = "annex", Address = $"dial-in:{port}/annex", Registration = "ANNEX-01", Heartbeat = "0xC0C1" };

    private static EndpointOptions OnSerial(SerialPair wire) =>
        new() { Id = "board", Address = $"serial:{wire.First}", Baud = 19_200, Parity = SerialParity.None };

    private static async Task ServeAsync(SerialEndpoint end) =>
        await Meters().ServeAsync(new LineStream(await end.OpenAsync(CancellationToken.None)), CancellationToken.None);

    private static DltMeters Meters() => new([Meter(MeterSite.Asked, DltEdition.Edition2007, Energy)]);

    private static DltMeter Meter(string address, DltEdition edition, string identifier) => new(
        MeterAddress.Parse(address), edition,
        new Dictionary<DltIdentifier, Func<decimal?>> { [DltIdentifier.Parse(identifier)] = () => 1206.42m });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Says who it is, keeps its connection alive with heartbeats, hangs up after a while and dials again.</summary>
    private sealed class Gateway : IAsyncDisposable
    {
        private readonly DialOut _dialling;

        public Gateway(int port, TimeSpan callTime) => _dialling = DialOut.Start(
            new IPEndPoint(IPAddress.Loopback, port),
            new DialInGateway("annex") { Registration = "ANNEX-01"u8.ToArray(), Heartbeat = new byte[] { 0xC0, 0xC1 } },
            TimeSpan.FromMilliseconds(50),
            async (line, ct) =>
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
                over.CancelAfter(callTime);
                await Meters().ServeAsync(new LineStream(line), over.Token);
            });

        public long Dials => _dialling.Dials;

        public ValueTask DisposeAsync() => _dialling.DisposeAsync();
    }
}
