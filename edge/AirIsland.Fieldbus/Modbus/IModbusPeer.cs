using System.Net.Sockets;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>The client's end of a connection, as a line sees it.</summary>
public interface IModbusPeer
{
    /// <summary>Whether the client has closed its side: what is sent now reaches nobody.</summary>
    bool IsGone { get; }

    /// <exception cref="SocketException">The connection is broken.</exception>
    Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>Breaks the connection with a reset instead of an orderly close.</summary>
    void Reset();
}
