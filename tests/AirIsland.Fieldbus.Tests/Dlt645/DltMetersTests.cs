using System.Net;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>Meters as test benches have them: with items of their own, behind a bad line, dialling in.</summary>
public class DltMetersTests
{
    private static readonly MeterAddress Meter = MeterAddress.Parse("000102030425");
    private static readonly DltIdentifier Unknown = DltIdentifier.Parse("02800007");
    private static readonly DltItem Temperature = new(Unknown, "board", new DltFormat(2, 1, "Cel", IsSigned: true), [Unknown], "this test");
    private static readonly DltItem WideVoltage = DltItems.Get("02010100") with { Format = new DltFormat(3, 2, "V") };

    private static readonly DltMeter Own = new(
        Meter, DltEdition.Edition2007,
        new Dictionary<DltIdentifier, Func<decimal?>>
        {
            [Unknown] = () => -12.5m,
            [WideVoltage.Identifier] = () => 230.12m,
            [DltIdentifier.Parse("00010000")] = () => 1206.42m,
        })
    { Items = [Temperature, WideVoltage] };

    [Fact]
    public async Task A_meter_has_items_of_its_own_and_others_than_the_tables()
    {
        await using var server = DltServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new DltMeters([Own]));
        await using var client = Client(new TcpEndpoint("127.0.0.1", server.Endpoint.Port));

        Assert.Equal(-12.5m, (await client.ReadAsync(Meter, Temperature, default)).Value);
        Assert.Equal(230.12m, (await client.ReadAsync(Meter, WideVoltage, default)).Value);
        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, DltItems.Get("00010000"), default)).Value);
        await Assert.ThrowsAsync<InvalidDataException>(() => client.ReadAsync(Meter, DltItems.Get("02010100"), default));
    }

    [Fact]
    public async Task A_line_carries_what_it_likes_and_the_published_answer_is_among_it()
    {
        var line = new Recorder();
        await using var server = DltServer.Start(
            new IPEndPoint(IPAddress.Loopback, 0), new DltMeters([Own]) { Line = line, Preamble = 0, Gate = new() });
        await using var client = Client(new TcpEndpoint("127.0.0.1", server.Endpoint.Port));

        Assert.Equal(1206.42m, (await client.ReadAsync(Meter, DltItems.Get("00010000"), default)).Value);

        var exchange = line.Last ?? throw new InvalidOperationException("nothing was carried");
        Assert.Equal(PublishedFrames.Bytes(PublishedFrames.Energy2007), exchange.Encode());
        Assert.Equal((Meter, DltIdentifier.Parse("00010000")), (exchange.Meter, exchange.Identifier));
        var refused = Assert.Single(new DltDecoder().Feed(exchange.Refused(DltRefusal.NotAuthorised)));
        Assert.Equal((true, Meter, "04"), (refused.IsRefusal, refused.Address, Convert.ToHexString(refused.Data.Span)));
        Assert.NotEqual(Meter, Assert.Single(new DltDecoder().Feed(exchange.OfNextMeter())).Address);
        // One stray frame before the answer, of another meter.
        Assert.Equal((1, 0), (client.StrayFrames, client.DroppedBytes));
    }

    [Fact]
    public async Task A_gateway_dials_again_until_it_is_switched_off()
    {
        var gateway = new DialInGateway("annex") { Registration = "ANNEX"u8.ToArray(), Heartbeat = new byte[] { 0xC0, 0xC1 } };
        var endpoint = new IPEndPoint(IPAddress.Loopback, 0);
        await using (var first = DialInListener.Start(endpoint, [gateway])) endpoint = first.Endpoint;
        var meters = new DltMeters([Own]);
        var dialling = DialOut.Start(
            endpoint, gateway, TimeSpan.FromMilliseconds(20), (line, ct) => meters.ServeAsync(new LineStream(line), ct));
        for (var listens = 0; listens < 2; listens++)
        {
            await using var listener = DialInListener.Start(endpoint, [gateway]);
            await using var client = Client(listener.Line("annex"));
            Assert.Equal(1206.42m, (await client.ReadAsync(Meter, DltItems.Get("00010000"), default)).Value);
        }

        await dialling.DisposeAsync();

        Assert.True(dialling.Dials >= 2);
    }

    private static DltClient Client(ILineEndpoint endpoint) => new(
        DltLines.Over(endpoint), new() { Timeout = TimeSpan.FromSeconds(20), ConnectTimeout = TimeSpan.FromSeconds(20) });

    private sealed class Recorder : IDltLine
    {
        public DltExchange? Last { get; private set; }

        public async Task CarryAsync(DltExchange exchange, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken ct)
        {
            Last = exchange;
            await send(exchange.OfNextMeter());
            await send(exchange.Encode());
        }
    }
}
