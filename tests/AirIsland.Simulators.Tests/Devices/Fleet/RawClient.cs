using System.Net.Sockets;

namespace AirIsland.Simulators.Tests.Devices.Fleet;

/// <summary>A connection as bytes, without any of the product's code.</summary>
internal sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private readonly TcpClient _client = new() { NoDelay = true };

    public static async Task<RawClient> OpenAsync(int port)
    {
        var client = new RawClient();
        await client._client.ConnectAsync("127.0.0.1", port);
        return client;
    }

    public static async Task<string> AskAsync(int port, string request)
    {
        using var client = await OpenAsync(port);
        await client.SendAsync(request);
        return await client.ReceiveFrameAsync();
    }

    /// <summary>Sends hexadecimal bytes, spaces allowed.</summary>
    public async Task SendAsync(string bytes) =>
        await _client.GetStream().WriteAsync(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));

    public async Task<string> ReceiveAsync(int count)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var bytes = new byte[count];
        await _client.GetStream().ReadExactlyAsync(bytes, deadline.Token);
        return Convert.ToHexString(bytes);
    }

    public async Task<string> ReceiveFrameAsync()
    {
        var header = await ReceiveAsync(6);
        return header + await ReceiveAsync(Convert.ToInt32(header[8..], 16));
    }

    /// <summary>How the other end ends the connection: null for an orderly close.</summary>
    public async Task<SocketError?> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            Assert.Equal(0, await _client.GetStream().ReadAsync(new byte[1], deadline.Token));
            return null;
        }
        catch (IOException e) when (e.InnerException is SocketException inner)
        {
            return inner.SocketErrorCode;
        }
    }

    public void Dispose() => _client.Dispose();
}
