using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A gateway that passes a line of meters through TCP, for many clients at once.</summary>
public sealed class DltServer : IAsyncDisposable
{
    private const int MaxClients = 64;

    private readonly TcpAcceptor _acceptor;

    private DltServer(TcpAcceptor acceptor) => _acceptor = acceptor;

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint => _acceptor.Endpoint;

    /// <summary>Listens at once. Port 0 takes a free one.</summary>
    /// <exception cref="SocketException">The endpoint is taken or not ours.</exception>
    public static DltServer Start(IPEndPoint endpoint, DltMeters meters)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(meters);
        return new(TcpAcceptor.Start(endpoint, (line, ct) => ServeAsync(meters, line, ct), connected => connected < MaxClients));
    }

    /// <summary>Closes every connection. Rethrows what a meter's registers threw.</summary>
    public ValueTask DisposeAsync() => _acceptor.DisposeAsync();

    private static async Task ServeAsync(DltMeters meters, TcpLine line, CancellationToken ct)
    {
        try
        {
            await meters.ServeAsync(new LineStream(line), ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server closes.
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The client is gone before it was served.
            line.Dispose();
        }
    }
}
