using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>Where a line is had from: an address to connect to, a serial port, or a gateway that dials in.</summary>
public interface ILineEndpoint
{
    /// <summary>How messages name it: <c>10.0.0.5:502</c>, <c>/dev/ttyS1</c>, or the name of a gateway.</summary>
    string Name { get; }

    /// <summary>
    /// Whether a new line is had by asking, with none of the bytes that were still on the old one. False for a serial port, which is
    /// always the same wire, and for a gateway that must dial again first.
    /// </summary>
    bool Reopens { get; }

    /// <summary>Quiet of this length ends a frame on this line: 3.5 characters on a wire, the jitter of a network elsewhere.</summary>
    TimeSpan Silence { get; }

    /// <exception cref="SocketException">Nobody listens there.</exception>
    /// <exception cref="IOException">There is no such port, or it is not ours to open.</exception>
    ValueTask<IByteLine> OpenAsync(CancellationToken ct);
}
