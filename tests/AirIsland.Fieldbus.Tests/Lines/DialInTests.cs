using System.Net;
using System.Text;
using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Fieldbus.Tests.Modbus;

namespace AirIsland.Fieldbus.Tests.Lines;

/// <summary>Gateways that dial in, as bytes: who they are, their heartbeats, and their half-open connections.</summary>
public class DialInTests : IAsyncLifetime
{
    private const int RequestLength = 8;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private static readonly DialInGateway North = new("north") { Registration = "IMEI-1"u8.ToArray(), Heartbeat = "ping"u8.ToArray() };
    private static readonly DialInGateway South = new("south") { Registration = "IMEI-2"u8.ToArray() };
    private static readonly ModbusClientOptions Patient = new() { Timeout = Deadline, ConnectTimeout = Deadline };

    private readonly DialInListener _listener = DialInListener.Start(new IPEndPoint(IPAddress.Loopback, 0), [North, South]);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _listener.DisposeAsync();

    [Fact]
    public async Task Gateways_are_told_apart_by_their_first_bytes_and_asked_like_any_other()
    {
        using var south = await DialAsync("IMEI-2");
        using var north = await DialAsync("IMEI-1");
        await using var client = Client("north");

        Assert.Equal([41], await AskAsync(client, north, request => RtuBytes.Answer(request, 41)));
        Assert.False(south.HasMore);
        Assert.Equal((0, 0, 0), (client.StrayFrames, _listener.Refused, _listener.Replaced));
    }

    [Fact]
    public async Task A_registration_may_come_byte_by_byte()
    {
        using var north = await RawConnection.OpenAsync(_listener.Endpoint.Port);
        foreach (var part in "IMEI-1"u8.ToArray())
        {
            await north.SendAsync(part);
            await Task.Delay(5);
        }

        await using var client = Client("north");

        Assert.Equal([42], await AskAsync(client, north, request => RtuBytes.Answer(request, 42)));
    }

    [Fact]
    public async Task A_gateway_may_speak_Modbus_TCP()
    {
        using var south = await DialAsync("IMEI-2");
        await using var client = Client("south", framing: ModbusFraming.Tcp);

        var read = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await south.SendAsync(RawConnection.Answer(await south.ReceiveAsync(), 42));

        Assert.Equal([42], await read.WaitAsync(Deadline));
    }

    [Fact]
    public async Task Who_says_nothing_known_is_sent_away_and_counted()
    {
        using var stranger = await DialAsync("GET / HTTP/1.1");
        await stranger.ExpectCloseAsync();
        using var almost = await DialAsync("IMEI-3");
        await almost.ExpectCloseAsync();

        Assert.Equal(2, _listener.Refused);
    }

    [Fact]
    public async Task A_gateway_that_does_not_dial_in_is_a_timeout()
    {
        await using var client = Client("north", Patient with { ConnectTimeout = TimeSpan.FromMilliseconds(200) });

        var absence = await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));

        Assert.Equal("north was not there to be asked within 200 ms", absence.Message);
    }

    [Fact]
    public async Task A_request_waits_for_its_gateway_to_dial_in()
    {
        await using var client = Client("north");
        var read = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);

        using var north = await DialAsync("IMEI-1");
        await north.SendAsync(RtuBytes.Answer(await north.ReceiveAsync(RequestLength), 42));

        Assert.Equal([42], await read.WaitAsync(Deadline));
    }

    [Theory]
    [InlineData(ModbusFraming.Rtu)]
    [InlineData(ModbusFraming.Tcp)]
    public async Task Heartbeats_are_dropped_and_counted_wherever_they_come(ModbusFraming framing)
    {
        using var north = await DialAsync("IMEI-1pingping");
        await using var client = Client("north", framing: framing);
        Task<byte[]> RequestAsync() => framing == ModbusFraming.Tcp ? north.ReceiveAsync() : north.ReceiveAsync(RequestLength);
        byte[] Answer(byte[] request, ushort value) =>
            framing == ModbusFraming.Tcp ? RawConnection.Answer(request, value) : RtuBytes.Answer(request, value);

        // Before the answer in one packet, before it in pieces, and while nothing is asked.
        var first = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        var request = await RequestAsync();
        await north.SendAsync([.. "ping"u8, .. Answer(request, 1)]);
        Assert.Equal([1], await first.WaitAsync(Deadline));
        var second = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        request = await RequestAsync();
        await north.SendAsync([.. "pi"u8]);
        await Task.Delay(20);
        await north.SendAsync([.. "ng"u8, .. Answer(request, 2)]);
        Assert.Equal([2], await second.WaitAsync(Deadline));
        await north.SendAsync([.. "ping"u8]);
        var third = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await north.SendAsync(Answer(await RequestAsync(), 3));

        Assert.Equal([3], await third.WaitAsync(Deadline));
        Assert.Equal((5, 0, 0), (_listener.Heartbeats, client.StrayFrames, client.Timeouts));
    }

    [Fact]
    public async Task A_second_connection_takes_the_place_of_a_half_open_first()
    {
        using var half = await DialAsync("IMEI-1");
        await using var client = Client("north");
        Assert.Equal([1], await AskAsync(client, half, request => RtuBytes.Answer(request, 1)));
        var lost = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await half.ReceiveAsync(RequestLength);

        using var again = await DialAsync("IMEI-1");

        await Assert.ThrowsAnyAsync<IOException>(() => lost.WaitAsync(Deadline));
        await half.ExpectCloseAsync();
        Assert.Equal([2], await AskAsync(client, again, request => RtuBytes.Answer(request, 2)));
        Assert.Equal(1, _listener.Replaced);
    }

    [Theory]
    [InlineData(ModbusFraming.Rtu)]
    [InlineData(ModbusFraming.Tcp)]
    public async Task A_late_answer_is_not_taken_for_the_next_and_the_gateway_need_not_dial_again(ModbusFraming framing)
    {
        using var south = await DialAsync("IMEI-2");
        await using var client = Client("south", Patient with { Timeout = TimeSpan.FromMilliseconds(400) }, framing);
        Task<byte[]> RequestAsync() => framing == ModbusFraming.Tcp ? south.ReceiveAsync() : south.ReceiveAsync(RequestLength);
        byte[] Answer(byte[] request, ushort value) =>
            framing == ModbusFraming.Tcp ? RawConnection.Answer(request, value) : RtuBytes.Answer(request, value);
        var silent = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        var request = await RequestAsync();
        await Assert.ThrowsAsync<TimeoutException>(() => silent.WaitAsync(Deadline));

        var next = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await south.SendAsync(Answer(request, 666));
        await south.SendAsync(Answer(await RequestAsync(), 42));

        Assert.Equal([42], await next.WaitAsync(Deadline));
        Assert.Equal((1, 1, 0), (client.StrayFrames, client.Timeouts, _listener.Replaced));
    }

    [Fact]
    public async Task Other_units_of_the_line_do_not_wait_for_one_that_was_late()
    {
        using var south = await DialAsync("IMEI-2");
        var options = Patient with { Timeout = TimeSpan.FromMilliseconds(300), LateAnswer = TimeSpan.FromMinutes(1) };
        await using var client = Client("south", options);
        var silent = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await south.ReceiveAsync(RequestLength);
        await Assert.ThrowsAsync<TimeoutException>(() => silent.WaitAsync(Deadline));

        using var impatient = new CancellationTokenSource();
        var same = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, impatient.Token);
        var other = client.ReadAsync(RegisterTable.Holding, 2, 0, 1, default);
        var request = await south.ReceiveAsync(RequestLength);
        Assert.Equal(2, request[0]);
        await south.SendAsync(RtuBytes.Answer(request, 42));

        Assert.Equal([42], await other.WaitAsync(Deadline));
        Assert.False(same.IsCompleted);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => same.WaitAsync(Deadline));
    }

    [Fact]
    public async Task A_gateway_that_says_nothing_is_known_by_the_port_it_dials()
    {
        await using var listener = DialInListener.Start(new IPEndPoint(IPAddress.Loopback, 0), [new DialInGateway("mute")]);
        using var mute = await RawConnection.OpenAsync(listener.Endpoint.Port);
        await using var client = new ModbusClient(listener.Line("mute"), ModbusFraming.Rtu, Patient);

        Assert.Equal([42], await AskAsync(client, mute, request => RtuBytes.Answer(request, 42)));
    }

    [Theory]
    [InlineData("one", "A", "one", "B")]
    [InlineData("one", "A", "two", "AB")]
    [InlineData("one", "", "two", "B")]
    public void Gateways_that_cannot_be_told_apart_are_a_mistake_of_the_caller(
        string name, string begins, string other, string otherBegins) =>
        Assert.Throws<ArgumentException>(() => DialInListener.Start(
            new IPEndPoint(IPAddress.Loopback, 0),
            [
                new DialInGateway(name) { Registration = Encoding.ASCII.GetBytes(begins) },
                new DialInGateway(other) { Registration = Encoding.ASCII.GetBytes(otherBegins) },
            ]));

    private async Task<RawConnection> DialAsync(string says)
    {
        var connection = await RawConnection.OpenAsync(_listener.Endpoint.Port);
        await connection.SendAsync(Encoding.ASCII.GetBytes(says));
        return connection;
    }

    private static async Task<ushort[]> AskAsync(ModbusClient client, RawConnection gateway, Func<byte[], byte[]> answer)
    {
        var read = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await gateway.SendAsync(answer(await gateway.ReceiveAsync(RequestLength)));
        return await read.WaitAsync(Deadline);
    }

    private ModbusClient Client(string gateway, ModbusClientOptions? options = null, ModbusFraming framing = ModbusFraming.Rtu) =>
        new(_listener.Line(gateway), framing, options ?? Patient);
}
