namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// The line between <see cref="DltMeters"/> and their master, for test benches whose line is a bad one. Without one every answer comes at
/// once, whole, and a single time. Called by all masters at once: must be safe for that.
/// </summary>
public interface IDltLine
{
    /// <summary>Brings an answer to its master. The next request is heard when this is done.</summary>
    /// <param name="exchange">What is asked and answered.</param>
    /// <param name="send">
    /// Sends bytes as they are. Throws <see cref="IOException"/> or <see cref="System.Net.Sockets.SocketException"/> when the master is
    /// gone, <see cref="TimeoutException"/> when it takes nothing any more.
    /// </param>
    /// <param name="ct">The meters are switched off.</param>
    Task CarryAsync(DltExchange exchange, Func<ReadOnlyMemory<byte>, Task> send, CancellationToken ct);
}
