using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>A device or gateway that listens for TCP connections.</summary>
public sealed class TcpEndpoint(string host, int port) : ILineEndpoint
{
    public string Name { get; } = $"{host}:{port}";

    public bool Reopens => true;

    /// <summary>What a gateway's packets may be apart within one frame. Default 20 ms.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMilliseconds(20);

    public async ValueTask<IByteLine> OpenAsync(CancellationToken ct) => await ConnectAsync(ct).ConfigureAwait(false);

    internal async ValueTask<TcpLine> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(host, port, ct).ConfigureAwait(false);
            return new TcpLine(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
