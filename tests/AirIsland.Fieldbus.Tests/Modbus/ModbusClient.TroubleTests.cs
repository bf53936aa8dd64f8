using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using AirIsland.Fieldbus.Modbus;
using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>What a client makes of peers that misbehave: no wrong value, and the next read is right.</summary>
public class ModbusClientTroubleTests
{
    private static readonly ModbusClientOptions Patient = new() { Timeout = TimeSpan.FromSeconds(5) };
    private static readonly ModbusClientOptions Impatient = new() { Timeout = TimeSpan.FromMilliseconds(500) };

    public static TheoryData<string, Func<byte[], byte[]>> StrayFrames => new()
    {
        { "another transaction", r => Changed(r, 1, 0xFF) },
        { "another protocol", r => Changed(r, 3, 0x01) },
        { "another unit", r => Changed(r, 6, 0x01) },
        { "another function", r => Changed(r, 7, 0x07) },
        { "another byte count", r => Changed(r, 8, 0x06) },
        { "more registers than asked for", r => RawConnection.Answer(r, 9, 9, 9) },
        { "fewer registers than asked for", r => RawConnection.Answer(r, 9) },
        { "an answer without data", r => RawConnection.Frame(r, r[7]) },
        { "a refusal of another function", r => RawConnection.Frame(r, 0x84, 2) },
        { "a refusal without a code", r => RawConnection.Frame(r, 0x83) },
    };

    [Theory]
    [MemberData(nameof(StrayFrames))]
    public async Task A_stray_frame_is_dropped_and_counted(string what, Func<byte[], byte[]> stray)
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            // In one segment, so that the end of the one is the start of the other.
            await c.SendAsync([.. stray(request), .. RawConnection.Answer(request, 1, 2)]);
        });
        await using var client = Client(peer, Patient);

        Assert.True(await client.ReadAsync(RegisterTable.Holding, 7, 0, 2, default) is [1, 2], what);
        Assert.Equal((1, 0), (client.StrayFrames, client.Timeouts));
    }

    [Fact]
    public async Task An_answer_may_come_byte_by_byte()
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            foreach (var part in RawConnection.Answer(request, 0x1234, 0x5678))
            {
                await c.SendAsync(part);
                await Task.Delay(5);
            }
        });
        await using var client = Client(peer, Patient);

        Assert.Equal([0x1234, 0x5678], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
    }

    [Fact]
    public async Task A_timeout_closes_the_socket_and_the_next_read_is_right()
    {
        await using var peer = new RawPeer(
            async c =>
            {
                var late = await c.ReceiveAsync();
                await c.ExpectCloseAsync();
                await Assert.ThrowsAnyAsync<IOException>(async () =>
                {
                    // The first write after a close may still pass; it reaches nobody.
                    for (var i = 0; i < 100; i++)
                        await c.SendAsync(RawConnection.Answer(late, 666));
                });
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 42)));
        await using var client = Client(peer, Impatient);

        var silence = await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 3, 0, 1, default));

        Assert.Equal($"127.0.0.1:{peer.Port} unit 3 did not answer function 3 within 500 ms", silence.Message);
        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 3, 0, 1, default));
        Assert.Equal((2, 1, 0, 2), (client.Requests, client.Timeouts, client.StrayFrames, peer.Connections));
    }

    [Fact]
    public async Task Half_an_answer_is_a_timeout_and_the_other_half_is_never_read()
    {
        await using var peer = new RawPeer(
            async c =>
            {
                await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 1, 2)[..^2]);
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 3, 4)));
        await using var client = Client(peer, Impatient);

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
        Assert.Equal([3, 4], await client.ReadAsync(RegisterTable.Holding, 1, 0, 2, default));
    }

    [Fact]
    public async Task A_flood_of_stray_frames_does_not_outlast_the_timeout()
    {
        await using var peer = new RawPeer(async c =>
        {
            var request = await c.ReceiveAsync();
            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                while (true)
                    await c.SendAsync(Changed(request, 6, 1));
            });
        });
        await using var client = Client(peer, Impatient);

        await Assert.ThrowsAsync<TimeoutException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        Assert.True(client.StrayFrames > 1);
    }

    [Theory]
    [InlineData("0001 0000 0000 01 03")]
    [InlineData("0001 0000 0001 01 03")]
    [InlineData("0001 0000 FFFF 01 03")]
    [InlineData("4854 5450 2F31 2E 31")]
    public async Task What_is_no_frame_closes_the_connection_and_the_next_read_is_right(string bytes)
    {
        await using var peer = new RawPeer(
            async c =>
            {
                await c.ReceiveAsync();
                await c.SendHexAsync(bytes);
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 42)));
        await using var client = Client(peer, Patient);

        await Assert.ThrowsAsync<IOException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
    }

    [Fact]
    public async Task A_peer_that_closes_instead_of_answering_is_an_IO_failure()
    {
        await using var peer = new RawPeer(async c => await c.ReceiveAsync());
        await using var client = Client(peer, Patient);

        await Assert.ThrowsAsync<IOException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
    }

    [Fact]
    public async Task A_connection_closed_while_idle_is_no_failure()
    {
        await using var peer = new RawPeer(
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 1)),
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 2)));
        await using var client = Client(peer, Patient);

        Assert.Equal([1], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        await UntilAsync(() => !IsConnected(peer.Port));
        Assert.Equal([2], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
    }

    [Fact]
    public async Task An_endpoint_where_nobody_listens_is_a_socket_failure()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var client = new ModbusClient("127.0.0.1", port, Patient);

        await Assert.ThrowsAnyAsync<SocketException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        Assert.Equal(0, client.Requests);
    }

    [Fact]
    public async Task A_cancelled_read_leaves_no_answer_behind_for_the_next()
    {
        using var cancel = new CancellationTokenSource();
        await using var peer = new RawPeer(
            async c =>
            {
                await c.ReceiveAsync();
                await cancel.CancelAsync();
                await c.ExpectCloseAsync();
            },
            async c => await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 42)));
        await using var client = Client(peer, Patient);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, cancel.Token));
        Assert.Equal([42], await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
        Assert.Equal(0, client.Timeouts);
    }

    [Fact]
    public async Task Disposing_ends_what_is_in_flight()
    {
        var asked = new TaskCompletionSource();
        await using var peer = new RawPeer(async c =>
        {
            await c.ReceiveAsync();
            asked.SetResult();
            await c.ExpectCloseAsync();
        });
        var client = Client(peer, new ModbusClientOptions { Timeout = TimeSpan.FromMinutes(1) });
        var read = client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(5));

        await client.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default));
    }

    [Fact]
    public async Task Units_share_one_connection_with_one_request_in_flight()
    {
        const int Reads = 20;
        var pipelined = 0;
        await using var peer = new RawPeer(async c =>
        {
            for (var i = 0; i < Reads; i++)
            {
                var request = await c.ReceiveAsync();
                await Task.Delay(10);
                pipelined += c.HasMore ? 1 : 0;
                await c.SendAsync(RawConnection.Answer(request, request[6]));
            }
        });
        await using var client = Client(peer, Patient);

        var reads = Enumerable.Range(1, Reads).Select(unit => client.ReadAsync(RegisterTable.Holding, (byte)unit, 0, 1, default));
        var values = await Task.WhenAll(reads);

        Assert.Equal(Enumerable.Range(1, Reads).Select(unit => (ushort)unit), values.Select(v => v[0]));
        Assert.Equal((0, 1), (pipelined, peer.Connections));
    }

    [Fact]
    public async Task A_pause_lies_between_an_answer_and_the_next_request()
    {
        var pause = TimeSpan.FromMilliseconds(100);
        var gaps = new List<TimeSpan>();
        await using var peer = new RawPeer(async c =>
        {
            await c.SendAsync(RawConnection.Answer(await c.ReceiveAsync(), 1));
            for (var i = 0; i < 3; i++)
            {
                var answered = Stopwatch.GetTimestamp();
                var request = await c.ReceiveAsync();
                gaps.Add(Stopwatch.GetElapsedTime(answered));
                await c.SendAsync(RawConnection.Answer(request, 1));
            }
        });
        await using var client = Client(peer, Patient with { Pause = pause });

        for (var i = 0; i < 4; i++)
            await client.ReadAsync(RegisterTable.Holding, 1, 0, 1, default);

        // Timers may be a tick early by their own clock; a gateway's need is not that sharp.
        Assert.All(gaps, gap => Assert.True(gap > pause - TimeSpan.FromMilliseconds(20), $"{gap.TotalMilliseconds} ms"));
    }

    private static ModbusClient Client(RawPeer peer, ModbusClientOptions options) => new("127.0.0.1", peer.Port, options);

    /// <summary>A right answer of two registers with one byte changed.</summary>
    private static byte[] Changed(byte[] request, int index, byte mask)
    {
        var frame = RawConnection.Answer(request, 9, 9);
        frame[index] ^= mask;
        return frame;
    }

    private static bool IsConnected(int port) => IPGlobalProperties.GetIPGlobalProperties()
        .GetActiveTcpConnections()
        .Any(c => c.RemoteEndPoint.Port == port && c.State == TcpState.Established);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++)
            await Task.Delay(10);
        Assert.True(condition());
    }
}
