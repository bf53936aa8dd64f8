using AirIsland.Fieldbus.Lines;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>Several requests in flight on one connection: each answer finds its own request, and none finds another's.</summary>
public class ModbusClientPipelineTests
{
    private static readonly ModbusClientOptions Three = new() { Timeout = TimeSpan.FromSeconds(5), MaxInFlight = 3 };

    [Fact]
    public async Task Answers_in_another_order_find_their_requests_by_transaction()
    {
        await using var peer = new RawPeer(async c =>
        {
            byte[][] requests = [await c.ReceiveAsync(), await c.ReceiveAsync(), await c.ReceiveAsync()];
            foreach (var request in requests.Reverse()) await c.SendAsync(RawConnection.Answer(request, request[9]));
        });
        await using var client = Client(peer, Three);

        var reads = await Task.WhenAll(new ushort[] { 11, 22, 33 }.Select(a => client.ReadAsync(RegisterTable.Holding, 1, a, 1, default)));

        Assert.Equal([11, 22, 33], reads.Select(r => r[0]));
        Assert.Equal((1, 0), (peer.Connections, client.StrayFrames));
    }

    [Fact]
    public async Task No_more_are_in_flight_than_the_gateway_bears()
    {
        await using var peer = new RawPeer(async c =>
        {
            byte[][] requests = [await c.ReceiveAsync(), await c.ReceiveAsync(), await c.ReceiveAsync()];
            await Task.Delay(200);
            Assert.False(c.HasMore);
            await c.SendAsync(RawConnection.Answer(requests[1], 7));
            var fourth = await c.ReceiveAsync();
            foreach (var request in (byte[][])[fourth, requests[0], requests[2]]) await c.SendAsync(RawConnection.Answer(request, 7));
        });
        await using var client = Client(peer, Three);

        var reads = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default)));

        Assert.All(reads, r => Assert.Equal([7], r));
    }

    // A slow unit behind a gateway: the connection of its neighbours is not to pay for it.
    [Fact]
    public async Task A_timeout_costs_those_beside_it_nothing_and_its_late_answer_is_dropped()
    {
        var slow = new TaskCompletionSource();
        await using var peer = new RawPeer(async c =>
        {
            var (late, other) = (await c.ReceiveAsync(), await c.ReceiveAsync());
            await slow.Task;
            await c.SendAsync([.. RawConnection.Answer(late, 666), .. RawConnection.Answer(other, 2)]);
            await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 3));
        });
        await using var client = Client(peer, Three);

        var late = client.ReadAsync(RegisterTable.Holding, 1, 1, 1, TimeSpan.FromMilliseconds(300), default);
        await Task.Delay(50);
        var other = client.ReadAsync(RegisterTable.Holding, 1, 2, 1, default);
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        slow.SetResult();

        Assert.Equal([2], await other);
        Assert.Equal([3], await client.ReadAsync(RegisterTable.Holding, 1, 3, 1, default));
        Assert.Equal((1, 1, 1), (peer.Connections, client.StrayFrames, client.Timeouts));
    }

    [Fact]
    public async Task A_unit_that_is_mute_while_others_are_answered_never_costs_the_connection()
    {
        await using var peer = new RawPeer(async c =>
        {
            for (var answered = 0; answered < 5;)
            {
                var request = await c.ReceiveAsync();
                if (request[6] == 3) continue;
                await c.SendAsync(RawConnection.Answer(request, 2));
                answered++;
            }
            await c.ExpectCloseAsync();
        });
        await using var client = Client(peer, Three);

        for (var i = 0; i < 5; i++)
        {
            var mute = client.ReadAsync(RegisterTable.Holding, 3, 1, 1, TimeSpan.FromMilliseconds(200), default);
            await Task.Delay(20);
            Assert.Equal([2], await client.ReadAsync(RegisterTable.Holding, 1, 2, 1, default));
            await Assert.ThrowsAsync<TimeoutException>(() => mute);
        }

        Assert.Equal((1, 5), (peer.Connections, client.Timeouts));
    }

    // Two who look at a socket at once see an end where there is none.
    [Fact]
    public async Task What_comes_while_nothing_is_asked_does_not_make_a_connection_look_closed()
    {
        var isSeen = new TaskCompletionSource();
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            await c.SendAsync(RawConnection.Answer(request, 2));
            for (var i = 0; i < 2_000 && !isSeen.Task.IsCompleted; i++)
            {
                await c.SendAsync(RawConnection.Answer(request, 666));
                await Task.Delay(1);
            }
            await isSeen.Task;
        });
        await using var client = Client(peer, Three);
        Assert.Equal([2], await client.ReadAsync(RegisterTable.Holding, 1, 1, 1, default));

        var closed = 0;
        for (var i = 0; i < 5_000_000 && closed == 0 && client.StrayFrames < 200; i++)
        {
            if (!client.IsOpen) closed++;
        }
        isSeen.SetResult();

        Assert.Equal(0, closed);
        Assert.True(client.StrayFrames > 0);
    }

    // What comes next would be taken for the rest of it, and all behind it be read askew.
    [Fact]
    public async Task A_timeout_in_the_middle_of_a_frame_costs_the_connection_although_others_were_answered()
    {
        await using var peer = new RawPeer(
            async c =>
            {
                byte[][] requests = [await c.ReceiveAsync(), await c.ReceiveAsync()];
                var (cut, whole) = (requests.Single(r => r[9] == 1), requests.Single(r => r[9] == 2));
                await c.SendAsync([.. RawConnection.Answer(whole, 2), .. RawConnection.Answer(cut, 1)[..^1]]);
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 3)));
        await using var client = Client(peer, Three);

        var cut = client.ReadAsync(RegisterTable.Holding, 1, 1, 1, TimeSpan.FromSeconds(1), default);
        Assert.Equal([2], await client.ReadAsync(RegisterTable.Holding, 1, 2, 1, default));
        await Assert.ThrowsAsync<TimeoutException>(() => cut);

        Assert.Equal([3], await client.ReadAsync(RegisterTable.Holding, 1, 3, 1, default));
        Assert.Equal((2, 1), (peer.Connections, client.Timeouts));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_connection_on_which_nobody_is_answered_is_opened_anew(int inFlight)
    {
        await using var peer = new RawPeer(
            async c =>
            {
                for (var i = 0; i < inFlight; i++) await c.ReceiveAsync();
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 3)));
        await using var client = Client(peer, Three with { Timeout = TimeSpan.FromSeconds(1) });

        var reads = Enumerable.Range(0, inFlight).Select(_ => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default)).ToArray();
        foreach (var read in reads) await Assert.ThrowsAsync<TimeoutException>(() => read);

        Assert.Equal([3], await client.ReadAsync(RegisterTable.Holding, 1, 3, 1, default));
        Assert.Equal((2, inFlight), (peer.Connections, client.Timeouts));
    }

    [Fact]
    public async Task A_peer_that_closes_fails_everything_in_flight_and_nothing_after_it()
    {
        await using var peer = new RawPeer(
            async c => _ = (await c.ReceiveAsync(), await c.ReceiveAsync()),
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 3)));
        await using var client = Client(peer, Three);

        var reads = Enumerable.Range(0, 2).Select(_ => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default)).ToArray();
        foreach (var read in reads) await Assert.ThrowsAnyAsync<IOException>(() => read);

        Assert.Equal([3], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
    }

    // The next connection may be over the same wire, as that of a gateway that dialled in: two must not read it.
    [Fact]
    public async Task A_connection_with_half_a_request_on_it_is_closed_at_once_and_fails_what_is_in_flight()
    {
        await using var peer = new RawPeer(
            async c =>
            {
                await c.ReceiveAsync();
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 3)));
        await using var client = new ModbusClient(
            new ClogEndpoint(peer.Port), ModbusFraming.Tcp, Three with { Timeout = TimeSpan.FromMinutes(1) });
        var waiting = client.ReadAsync(RegisterTable.Holding, 1, 1, 1, default);

        await Assert.ThrowsAsync<TimeoutException>(
            () => client.ReadAsync(RegisterTable.Holding, 1, 2, 1, TimeSpan.FromMilliseconds(300), default));
        Assert.Equal([3], await client.ReadAsync(RegisterTable.Holding, 1, 3, 1, default).WaitAsync(TimeSpan.FromSeconds(10)));

        await Assert.ThrowsAsync<IOException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task What_carries_no_transaction_is_asked_one_after_the_other()
    {
        await using var peer = new RawPeer(async c =>
        {
            for (var i = 0; i < 3; i++)
            {
                var request = await c.ReceiveAsync(8);
                await Task.Delay(50);
                Assert.False(c.HasMore);
                await c.SendHexAsync(request[0] == 1 ? "01 03 02 00 07 F9 86" : "");
            }
        });
        await using var client = new ModbusClient(new TcpEndpoint("127.0.0.1", peer.Port), ModbusFraming.Rtu, Three);

        var reads = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default)));

        Assert.All(reads, r => Assert.Equal([7], r));
    }

    private static ModbusClient Client(RawPeer peer, ModbusClientOptions options) => new("127.0.0.1", peer.Port, options);

    /// <summary>Its first line takes one request and no byte after it, as one whose other end reads no more.</summary>
    private sealed class ClogEndpoint(int port) : ILineEndpoint
    {
        private readonly TcpEndpoint _tcp = new("127.0.0.1", port);
        private int _opened;

        public string Name => _tcp.Name;

        public bool Reopens => false;

        public TimeSpan Silence => _tcp.Silence;

        public async ValueTask<IByteLine> OpenAsync(CancellationToken ct) =>
            new ClogLine(await _tcp.OpenAsync(ct), ++_opened == 1 ? 1 : int.MaxValue);
    }

    private sealed class ClogLine(IByteLine line, int takes) : IByteLine
    {
        private int _sent;

        public bool IsOpen => line.IsOpen;

        public int Available => line.Available;

        public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct) =>
            _sent++ < takes ? line.SendAsync(bytes, ct) : new(Task.Delay(Timeout.Infinite, ct));

        public ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct) => line.ReceiveAsync(into, ct);

        public void Dispose() => line.Dispose();
    }
}
