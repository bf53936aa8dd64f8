using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Edge.Tests.Uplink;

/// <summary>
/// Stands between edge and cloud and forwards bytes, until it is told to stop with the connections that there are. They stay open: no
/// FIN, no reset. New ones are forwarded.
/// </summary>
internal sealed class TcpProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly ConcurrentBag<TcpClient> _open = [];
    private volatile Thaw _now = new();

    public TcpProxy(Uri target)
    {
        _target = target.Port;
        _listener.Start();
        Address = new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Swallowing takes bytes and forgets them, as a network does; else nothing more is taken, and buffers fill.</summary>
    public void Freeze(bool swallow)
    {
        var frozen = Interlocked.Exchange(ref _now, new());
        frozen.Swallows = swallow;
        if (!swallow) frozen.Held.Cancel();
    }

    public void Dispose()
    {
        _listener.Dispose();
        foreach (var client in _open) client.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient near;
            try
            {
                near = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            var far = new TcpClient();
            _open.Add(near);
            _open.Add(far);
            await far.ConnectAsync(IPAddress.Loopback, _target);
            _ = PumpAsync(near, far, _now);
            _ = PumpAsync(far, near, _now);
        }
    }

    private static async Task PumpAsync(TcpClient from, TcpClient to, Thaw until)
    {
        var buffer = new byte[64 << 10];
        try
        {
            for (int read; (read = await from.GetStream().ReadAsync(buffer, until.Held.Token)) > 0;)
            {
                if (!until.Swallows) await to.GetStream().WriteAsync(buffer.AsMemory(0, read), until.Held.Token);
            }
            if (!until.Swallows) to.Close();
        }
        catch (OperationCanceledException)
        {
            // Held: both ends stay as they are.
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            if (!until.Swallows) to.Close();
        }
    }

    /// <summary>What becomes of the connections that were opened at one time.</summary>
    private sealed class Thaw
    {
        public volatile bool Swallows;

        public CancellationTokenSource Held { get; } = new();
    }
}
