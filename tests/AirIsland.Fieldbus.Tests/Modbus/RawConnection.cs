using System.Net.Sockets;

namespace AirIsland.Fieldbus.Tests.Modbus;

/// <summary>One connection as bytes: reads and writes frames without any of the product's code.</summary>
internal sealed class RawConnection(TcpClient client) : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>Whether more bytes have come than were read.</summary>
    public bool HasMore => _stream.DataAvailable;

    public static async Task<RawConnection> OpenAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.0.0.1", port);
        return new RawConnection(client);
    }

    /// <summary>The next whole frame.</summary>
    public async Task<byte[]> ReceiveAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var header = new byte[6];
        await _stream.ReadExactlyAsync(header, deadline.Token);
        var rest = new byte[(header[4] << 8) | header[5]];
        await _stream.ReadExactlyAsync(rest, deadline.Token);
        return [.. header, .. rest];
    }

    /// <summary>The next bytes, so many: a request of RTU, which does not tell its length.</summary>
    public async Task<byte[]> ReceiveAsync(int count)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var bytes = new byte[count];
        await _stream.ReadExactlyAsync(bytes, deadline.Token);
        return bytes;
    }

    public async Task SendAsync(params byte[] bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Sends hexadecimal bytes, spaces allowed.</summary>
    public Task SendHexAsync(string bytes) => SendAsync(Hex(bytes));

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

    public void Dispose() => client.Dispose();

    public static byte[] Hex(string bytes) => Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>The right answer to a read request.</summary>
    public static byte[] Answer(byte[] request, params ushort[] registers) => Frame(
        request, [request[7], (byte)(2 * registers.Length), .. registers.SelectMany(r => new[] { (byte)(r >> 8), (byte)r })]);

    /// <summary>A frame with the transaction and unit of a request.</summary>
    public static byte[] Frame(byte[] request, params byte[] pdu) =>
        [request[0], request[1], 0, 0, 0, (byte)(pdu.Length + 1), request[6], .. pdu];
}
