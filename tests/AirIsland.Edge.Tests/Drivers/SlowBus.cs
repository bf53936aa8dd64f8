using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AirIsland.Edge.Tests.Drivers;

/// <summary>
/// A gateway that passes RTU frames through, and a unit on its bus that answers one request after the other, each after a while, to whoever
/// is connected then. The first connection is reset as soon as it has asked. Register n holds 1000 + n; reads of one register only.
/// </summary>
internal sealed class SlowBus : IAsyncDisposable
{
    private const int RequestLength = 8;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Channel<byte[]> _requests = Channel.CreateUnbounded<byte[]>();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _delay;
    private readonly Task _running;
    private volatile Socket? _client;

    public SlowBus(TimeSpan delay)
    {
        _delay = delay;
        _listener.Start();
        _running = Task.WhenAll(ListenAsync(), AnswerAsync());
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Addresses that were asked for, in their order.</summary>
    public ConcurrentQueue<int> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        for (var connection = 1; ; connection++)
        {
            using var client = await _listener.AcceptSocketAsync(_stop.Token);
            _client = client;
            try
            {
                while (await HearAsync(client) && connection > 1)
                {
                }
            }
            catch (SocketException)
            {
                // It hung up.
            }
            _client = null;
            client.LingerState = new(enable: true, seconds: 0);
        }
    }

    private async Task<bool> HearAsync(Socket client)
    {
        var request = new byte[RequestLength];
        for (var heard = 0; heard < RequestLength;)
        {
            var received = await client.ReceiveAsync(request.AsMemory(heard), _stop.Token);
            if (received == 0) return false;
            heard += received;
        }
        Asked.Enqueue((request[2] << 8) | request[3]);
        return _requests.Writer.TryWrite(request);
    }

    private async Task AnswerAsync()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync(_stop.Token))
        {
            await Task.Delay(_delay, _stop.Token);
            var value = 1000 + (request[2] << 8) + request[3];
            byte[] answer = [request[0], request[1], 2, (byte)(value >> 8), (byte)value];
            try
            {
                if (_client is { } client) await client.SendAsync((byte[])[.. answer, .. Crc(answer)], _stop.Token);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It hung up in this moment.
            }
        }
    }

    // CRC-16/MODBUS, low byte first: written here anew, because the product's is under test.
    private static byte[] Crc(byte[] bytes)
    {
        var crc = 0xFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }
        return [(byte)crc, (byte)(crc >> 8)];
    }
}
