using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>
/// A line that does to a client whatever a test scripts, connection by connection. Disposing it rethrows what failed in a script.
/// </summary>
internal sealed class RawMeter : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _running;

    /// <summary>Each script serves one connection, in the order in which the client opens them.</summary>
    public RawMeter(params Func<RawLine, Task>[] scripts)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync(scripts);
    }

    public int Port { get; }

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

    private async Task RunAsync(Func<RawLine, Task>[] scripts)
    {
        foreach (var script in scripts)
        {
            using var line = new RawLine(await _listener.AcceptTcpClientAsync());
            await script(line);
        }
    }
}
