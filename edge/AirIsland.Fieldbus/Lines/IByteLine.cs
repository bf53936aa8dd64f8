using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>
/// An open line that carries bytes both ways: a TCP connection or a serial port. One task at a time sends, one receives. A line that
/// breaks throws <see cref="SocketException"/> or <see cref="IOException"/> and is of no more use.
/// </summary>
public interface IByteLine : IDisposable
{
    /// <summary>False once the other end has closed it, or it was disposed.</summary>
    bool IsOpen { get; }

    /// <summary>Bytes that have come and that nobody has received yet.</summary>
    int Available { get; }

    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Waits for at least one byte; 0 when the other end has closed the line. Cancelling loses nothing that comes later.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct);
}
