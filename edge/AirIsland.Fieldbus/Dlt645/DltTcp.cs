using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A serial line behind a gateway that passes bytes through TCP as they are.</summary>
public static class DltTcp
{
    /// <summary>What a <see cref="DltClient"/> opens its line with.</summary>
    public static Func<CancellationToken, Task<Stream>> Line(string host, int port)
    {
        var endpoint = new TcpEndpoint(host, port);
        return async ct => (await endpoint.ConnectAsync(ct).ConfigureAwait(false)).AsStream();
    }
}
