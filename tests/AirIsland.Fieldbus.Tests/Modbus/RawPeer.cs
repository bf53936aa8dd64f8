using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>
/// A TCP peer that does to a client whatever a test scripts, connection by connection. Disposing it rethrows what failed in a script.
/// </summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _running;
    private int _connections;

    /// <summary>Each script serves one connection, in the order in which the client opens them.</summary>
    public RawPeer(params Func<RawConnection, Task>[] scripts)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync(scripts);
    }

    public int Port { get; }

    public int Connections => Volatile.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _running.WaitAsync(Deadline);
        }
        finally
        {
            _listener.Stop();
        }
    }

    private async Task RunAsync(Func<RawConnection, Task>[] scripts)
    {
        foreach (var script in scripts)
        {
            using var connection = new RawConnection(await _listener.AcceptTcpClientAsync());
            Interlocked.Increment(ref _connections);
            await script(connection);
        }
    }
}
