using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace AirIsland.Benchmarks;

/// <summary>A TCP proxy that lets bytes through at a rate, after a delay: a mobile line.</summary>
internal sealed class SlowLine : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _target;
    private readonly int _bytesPerSecond;
    private readonly TimeSpan _delay;

    public SlowLine(int target, int bitsPerSecond, TimeSpan delay)
    {
        (_target, _bytesPerSecond, _delay) = (target, bitsPerSecond / 8, delay);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync();
    }

    public int Port { get; }

    public void Dispose()
    {
        _ended.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            var near = await _listener.AcceptTcpClientAsync(_ended.Token);
            var far = new TcpClient { NoDelay = true };
            near.NoDelay = true;
            await far.ConnectAsync(IPAddress.Loopback, _target, _ended.Token);
            _ = Task.WhenAll(PumpAsync(near, far), PumpAsync(far, near));
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var way = Channel.CreateUnbounded<(byte[] Bytes, long At)>();
        var arriving = ArriveAsync(to, way.Reader);
        var buffer = new byte[1024];
        // The line is busy until then: kept as a sum, because each wait ends a little late.
        var (start, busy) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero);
        try
        {
            for (int read; (read = await from.GetStream().ReadAsync(buffer, _ended.Token)) > 0;)
            {
                way.Writer.TryWrite((buffer[..read], TimeProvider.System.GetTimestamp()));
                var now = TimeProvider.System.GetElapsedTime(start);
                busy = (busy > now ? busy : now) + TimeSpan.FromSeconds((double)read / _bytesPerSecond);
                if (busy - now > TimeSpan.FromMilliseconds(20)) await Task.Delay(busy - now, _ended.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The end of the connection, or of the run.
        }
        way.Writer.TryComplete();
        await arriving;
    }

    private async Task ArriveAsync(TcpClient to, ChannelReader<(byte[] Bytes, long At)> way)
    {
        try
        {
            await foreach (var (bytes, at) in way.ReadAllAsync(_ended.Token))
            {
                var rest = _delay - TimeProvider.System.GetElapsedTime(at);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, _ended.Token);
                await to.GetStream().WriteAsync(bytes, _ended.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
        to.Dispose();
    }
}
