using System.Net.Sockets;

namespace AirIsland.Fieldbus.Tests.Dlt645;

/// <summary>One end of a line as bytes: reads and writes frames without any of the product's code.</summary>
internal sealed class RawLine(TcpClient client) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly NetworkStream _stream = client.GetStream();

    public static async Task<RawLine> OpenAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new RawLine(client);
    }

    /// <summary>The next frame as hexadecimal bytes with spaces, preamble included.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var bytes = new List<byte>();
        async Task<byte> NextAsync()
        {
            var one = new byte[1];
            await _stream.ReadExactlyAsync(one, deadline.Token);
            bytes.Add(one[0]);
            return one[0];
        }

        while (await NextAsync() == 0xFE)
        {
        }

        for (var i = 0; i < 8; i++)
            await NextAsync();
        for (var rest = await NextAsync() + 2; rest > 0; rest--)
            await NextAsync();
        return Convert.ToHexString([.. bytes]).Chunk(2).Aggregate("", (text, pair) => text + " " + new string(pair))[1..];
    }

    public async Task SendAsync(params byte[] bytes) => await _stream.WriteAsync(bytes);

    public Task SendAsync(string hex) => SendAsync(PublishedFrames.Bytes(hex));

    /// <summary>Sends a frame made of its parts, by hand.</summary>
    public Task SendFrameAsync(string address, string control, string data) => SendAsync(Frame(address, control, data));

    /// <summary>Waits for the other end to close; anything it sends before that is a failure.</summary>
    public async Task ExpectCloseAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            Assert.Equal(0, await _stream.ReadAsync(new byte[1], deadline.Token));
        }
        catch (IOException)
        {
            // A reset is a close too.
        }
    }

    /// <summary>Whether nothing comes for a while.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan wait)
    {
        using var deadline = new CancellationTokenSource(wait);
        try
        {
            await _stream.ReadExactlyAsync(new byte[1], deadline.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    /// <summary>Breaks the connection without an orderly close.</summary>
    public void Reset()
    {
        client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Client.Dispose();
    }

    public void Dispose() => client.Dispose();

    /// <summary>A frame as the standard's text describes it: address in wire order, data as the meter means them.</summary>
    public static byte[] Frame(string address, string control, string data)
    {
        var plain = PublishedFrames.Bytes(data);
        byte[] head =
        [
            0x68, .. PublishedFrames.Bytes(address), 0x68, .. PublishedFrames.Bytes(control), (byte)plain.Length,
            .. plain.Select(part => (byte)(part + 0x33)),
        ];
        return [.. head, (byte)head.Sum(part => part), 0x16];
    }
}
