using System.Net.Sockets;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>One TCP connection of a client. After any failure but a refusal it is of no more use: what is in flight is unknown.</summary>
internal sealed class ModbusConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[ModbusFrame.MaxLength];
    private ushort _transaction;

    private ModbusConnection(Socket socket) => _socket = socket;

    /// <summary>False once the peer has closed an idle connection, which is its right and no fault.</summary>
    public bool IsOpen => !(_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);

    public static async Task<ModbusConnection> OpenAsync(string host, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, ct).ConfigureAwait(false);
            return new ModbusConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends the request and waits for its own answer; <paramref name="onStray"/> is told of each frame that is not.</summary>
    public async Task<ushort[]> ExchangeAsync(ModbusRequest request, Action onStray, CancellationToken ct)
    {
        var transaction = unchecked(++_transaction);
        var length = request.WriteTo(_buffer, transaction);
        await SendAsync(_buffer.AsMemory(0, length), ct).ConfigureAwait(false);
        while (true)
        {
            var frame = await ReceiveFrameAsync(ct).ConfigureAwait(false);
            if (request.IsAnsweredBy(frame.Span, transaction))
                return request.Registers(frame.Span);
            onStray();
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, ct).ConfigureAwait(false)..];
    }

    private async Task<ReadOnlyMemory<byte>> ReceiveFrameAsync(CancellationToken ct)
    {
        await ReceiveAsync(_buffer.AsMemory(0, ModbusFrame.HeaderLength), ct).ConfigureAwait(false);
        var length = ModbusFrame.PduLength(_buffer) ?? throw new IOException("The peer sent something that is no Modbus frame");
        await ReceiveAsync(_buffer.AsMemory(ModbusFrame.HeaderLength, length), ct).ConfigureAwait(false);
        return _buffer.AsMemory(0, ModbusFrame.HeaderLength + length);
    }

    private async Task ReceiveAsync(Memory<byte> target, CancellationToken ct)
    {
        while (target.Length > 0)
        {
            var received = await _socket.ReceiveAsync(target, SocketFlags.None, ct).ConfigureAwait(false);
            if (received == 0)
                throw new IOException("The peer closed the connection instead of answering");
            target = target[received..];
        }
    }
}
