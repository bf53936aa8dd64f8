using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>A TCP connection, whichever end opened it.</summary>
internal sealed class TcpLine : IByteLine
{
    private readonly Socket _socket;
    private volatile bool _disposed;

    public TcpLine(Socket socket)
    {
        _socket = socket;
        _socket.NoDelay = true;
    }

    public bool IsOpen
    {
        get
        {
            try
            {
                return !_disposed && !(_socket.Poll(0, SelectMode.SelectRead) && _socket.Available == 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    public int Available
    {
        get
        {
            try
            {
                return _socket.Available;
            }
            catch (Exception e) when (IsOfClosing(e))
            {
                throw Closed(e);
            }
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None, ct).ConfigureAwait(false)..];
        }
        catch (Exception e) when (IsOfClosing(e))
        {
            throw Closed(e);
        }
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct)
    {
        try
        {
            return await _socket.ReceiveAsync(into, SocketFlags.None, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfClosing(e))
        {
            throw Closed(e);
        }
    }

    /// <summary>Breaks the connection with a reset instead of an orderly close.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        _socket.Dispose();
    }

    private bool IsOfClosing(Exception e) => _disposed && e is (SocketException or ObjectDisposedException);

    private static IOException Closed(Exception e) => new("The connection was replaced or closed", e);
}
