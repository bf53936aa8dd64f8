using System.Net;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>Our client and our meters over real sockets.</summary>
public class DltClientTests
{
    private static readonly MeterAddress Modern = MeterAddress.Parse("000102030425");
    private static readonly MeterAddress Old = MeterAddress.Parse("000000000003");
    private static readonly DltClientOptions Patient = new() { Timeout = TimeSpan.FromSeconds(10), Pause = TimeSpan.Zero };

    [Fact]
    public async Task Every_item_of_the_table_is_read_as_it_was_served()
    {
        await using var server = Serve(Whole(Modern, DltEdition.Edition2007), Whole(Old, DltEdition.Edition1997));
        await using var client = Client(server);

        foreach (var item in DltItems.All.Where(item => item.Identifier.ToString() != "04000401"))
        {
            var meter = item.Identifier.Edition == DltEdition.Edition2007 ? Modern : Old;
            var reading = await client.ReadAsync(meter, item, default);

            Assert.Equal((meter, item), (reading.Meter, reading.Item));
            Assert.Equal(item.Members.Select(Served), reading.Values);
        }

        Assert.Equal((0, 0, 0), (client.StrayFrames, client.Timeouts, client.DroppedBytes));
    }

    [Fact]
    public async Task A_meters_own_address_is_an_item_too()
    {
        await using var server = Serve(Meter(Modern));
        await using var client = Client(server);

        Assert.Equal(102030425m, (await client.ReadAsync(Modern, DltItems.Get("04000401"), default)).Value);
        Assert.Equal(Modern, await client.ReadAddressAsync(default));
    }

    [Fact]
    public async Task The_only_meter_of_a_line_is_read_without_its_address()
    {
        await using var server = Serve(Meter(Modern, ("00010000", 1206.42m)));
        await using var client = Client(server);

        var reading = await client.ReadAsync(MeterAddress.Any, DltItems.Get("00010000"), default);

        Assert.Equal((Modern, 1206.42m), (reading.Meter, reading.Value));
    }

    [Fact]
    public async Task A_block_holds_what_the_meter_has_and_missing_is_null()
    {
        await using var server = Serve(Meter(
            Modern, ("00010000", 10m), ("00010100", 1m), ("00010200", null), ("00010300", 3m), ("00010400", 4m), ("02030000", -1.5m)));
        await using var client = Client(server);

        Assert.Equal([10m, 1m, null, 3m, 4m], (await client.ReadAsync(Modern, DltItems.Get("0001FF00"), default)).Values);
        Assert.Equal([-1.5m], (await client.ReadAsync(Modern, DltItems.Get("0203FF00"), default)).Values);
        Assert.Null((await client.ReadAsync(Modern, DltItems.Get("00010200"), default)).Value);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(25)]
    [InlineData(200)]
    public async Task Frames_that_follow_are_joined_whatever_their_size(int maxData)
    {
        var whole = Whole(Modern, DltEdition.Edition2007, maxData);
        await using var server = Serve(whole);
        await using var client = new DltClient(
            DltLines.Over(new TcpEndpoint("127.0.0.1", server.Endpoint.Port)), Patient with { MaxFrames = 64 });

        var reading = await client.ReadAsync(Modern, DltItems.Get("0001FF00"), default);

        Assert.Equal(DltItems.Get("0001FF00").Members.Select(Served), reading.Values);
        Assert.Equal(1 + (((64 * 4) - 1) / (maxData - 5)), client.Requests);
    }

    [Fact]
    public async Task A_refusal_says_why_and_the_next_read_is_right()
    {
        await using var server = Serve(Meter(Modern, ("00010000", 1206.42m)));
        await using var client = Client(server);

        var refusal = await Assert.ThrowsAsync<DltException>(() => client.ReadAsync(Modern, DltItems.Get("02800002"), default));

        Assert.Equal((Modern, "02800002", DltRefusal.NoSuchData), (refusal.Meter, refusal.Identifier.ToString(), refusal.Reason));
        Assert.Equal("Meter 000102030425 refused 02800002: NoSuchData (02)", refusal.Message);
        Assert.Equal(1206.42m, (await client.ReadAsync(Modern, DltItems.Get("00010000"), default)).Value);
    }

    [Fact]
    public async Task A_missing_meter_is_a_timeout_and_the_others_are_read()
    {
        await using var server = Serve(Meter(Modern, ("00010000", 1206.42m)));
        await using var client = new DltClient(
            DltLines.Over(new TcpEndpoint("127.0.0.1", server.Endpoint.Port)),
            new DltClientOptions { Timeout = TimeSpan.FromSeconds(1), Silence = TimeSpan.FromMilliseconds(50) });

        var silence = await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(Old, DltItems.Get("9010"), default));

        Assert.Equal("meter 000000000003 did not answer 9010 within 1000 ms", silence.Message);
        Assert.Equal(1206.42m, (await client.ReadAsync(Modern, DltItems.Get("00010000"), default)).Value);
        Assert.Equal((2, 1), (client.Requests, client.Timeouts));
    }

    [Fact]
    public async Task Many_tasks_share_a_line()
    {
        await using var server = Serve(Whole(Modern, DltEdition.Edition2007));
        await using var client = Client(server);
        var items = DltItems.All.Where(item => item is { Members.Count: 1, Identifier.Edition: DltEdition.Edition2007 })
            .Where(item => item.Identifier.ToString() != "04000401").Take(50).ToArray();

        var readings = await Task.WhenAll(items.Select(item => client.ReadAsync(Modern, item, default)));

        Assert.Equal(items.Select(item => Served(item.Identifier)), readings.Select(reading => reading.Value));
        Assert.Equal(0, client.StrayFrames);
    }

    [Theory]
    [InlineData(DltEdition.Edition2007)]
    [InlineData(DltEdition.Edition1997)]
    public async Task Meters_whose_answers_do_not_collide_are_all_found_at_once(DltEdition edition)
    {
        await using var server = Serve(
            new DltMeter(Modern, edition, Nothing), new DltMeter(Old, edition, Nothing),
            new DltMeter(MeterAddress.Parse("910004920760"), edition, Nothing));
        await using var client = new DltClient(
            DltLines.Over(new TcpEndpoint("127.0.0.1", server.Endpoint.Port)), Patient with { SearchWait = TimeSpan.FromSeconds(1) });

        var found = await client.SearchAsync(edition, default);

        Assert.Equal(["000000000003", "000102030425", "910004920760"], found.Select(meter => meter.ToString()));
        Assert.Equal(1, client.Requests);
    }

    [Fact]
    public async Task An_empty_line_has_no_meters()
    {
        await using var server = Serve();
        await using var client = new DltClient(
            DltLines.Over(new TcpEndpoint("127.0.0.1", server.Endpoint.Port)),
            Patient with { SearchWait = TimeSpan.FromMilliseconds(100) });

        Assert.Empty(await client.SearchAsync(DltEdition.Edition2007, default));
    }

    // A gateway with one session to give would have had it taken for ever.
    [Fact]
    public async Task A_line_is_closed_that_was_opened_for_a_read_cancelled_before_it_was_asked()
    {
        var isOpened = new TaskCompletionSource();
        await using var line = new RawMeter(async line =>
        {
            isOpened.SetResult();
            await line.ExpectCloseAsync();
        });
        await using var client = new DltClient(
            DltLines.Over(new TcpEndpoint("127.0.0.1", line.Port)), Patient with { DelayAfterConnect = TimeSpan.FromMinutes(1) });
        using var cancel = new CancellationTokenSource();

        var read = client.ReadAsync(Modern, DltItems.Get("00010000"), cancel.Token);
        await isOpened.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await Task.Delay(100);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.False(client.IsOpen);
    }

    private static readonly Dictionary<DltIdentifier, Func<decimal?>> Nothing = [];

    private static DltClient Client(DltServer server) => new(DltLines.Over(new TcpEndpoint("127.0.0.1", server.Endpoint.Port)), Patient);

    private static DltServer Serve(params DltMeter[] meters) =>
        DltServer.Start(new IPEndPoint(IPAddress.Loopback, 0), new DltMeters(meters));

    private static DltMeter Meter(MeterAddress address, params (string Identifier, decimal? Value)[] registers) =>
        new(address, DltEdition.Edition2007, registers.ToDictionary(
            register => DltIdentifier.Parse(register.Identifier), register => new Func<decimal?>(() => register.Value)));

    private static DltMeter Whole(MeterAddress address, DltEdition edition, int maxData = DltFrame.MaxData) =>
        new(address, edition, DltItems.All.Where(item => item.Identifier.Edition == edition && item.Members.Count == 1)
            .ToDictionary(item => item.Identifier, item => new Func<decimal?>(() => Served(item.Identifier))))
        { MaxData = maxData };

    /// <summary>Another value for each identifier, within the narrowest format.</summary>
    private static decimal? Served(DltIdentifier identifier)
    {
        var format = DltItems.Find(identifier)?.Format ?? throw new ArgumentException(identifier.ToString());
        var digits = 1000 + (identifier.Code % 6899);
        var value = digits / (decimal)Math.Pow(10, format.Decimals);
        return format.IsSigned && digits % 2 == 0 ? -value : value;
    }
}
