using System.Net;
using System.Net.Sockets;

namespace AirIsland.Simulators.Tests;

/// <summary>
/// Ports of 127.0.0.1 that nobody listens on, below those that the system hands out to clients: one of those may be taken between the
/// look and the use. Each is given once in a run.
/// </summary>
internal static class FreePorts
{
    private const int First = 17_000;
    private const int Count = 10_000;

    // Test programs that run side by side begin at different places.
    private static int _last = Environment.ProcessId * 37 % Count;

    public static int Next()
    {
        for (var left = Count; left > 0; left--)
        {
            var port = First + Interlocked.Increment(ref _last) % Count;
            if (IsFree(port)) return port;
        }
        throw new InvalidOperationException($"no port from {First} to {First + Count - 1} is free");
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
