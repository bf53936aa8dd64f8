using System.Net.Sockets;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A serial line behind a gateway that passes bytes through TCP as they are.</summary>
public static class DltTcp
{
    /// <summary>What a <see cref="DltClient"/> opens its line with.</summary>
    public static Func<CancellationToken, Task<Stream>> Line(string host, int port) => ct => OpenAsync(host, port, ct);

    private static async Task<Stream> OpenAsync(string host, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, ct).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
