using System.Net;
using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// A Modbus slave or gateway for many TCP clients, or for one serial line: answers functions 1 to 6, 15, 16, 22, 23 and 43/14, refuses
/// every other with code 1, and stays silent for units that do not exist. On a malformed frame it closes the connection; with RTU framing
/// it drops what it heard.
/// </summary>
public sealed class ModbusServer : IAsyncDisposable
{
    private readonly TcpAcceptor _acceptor;

    private ModbusServer(TcpAcceptor acceptor) => _acceptor = acceptor;

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint => _acceptor.Endpoint;

    /// <summary>
    /// Listens at once. Port 0 takes a free one. Null is a line without a fault. RTU framing is that of a gateway which passes serial
    /// bytes through.
    /// </summary>
    /// <exception cref="SocketException">The endpoint is taken or not ours.</exception>
    public static ModbusServer Start(
        IPEndPoint endpoint, IModbusUnits units, IModbusLine? line = null, ModbusFraming framing = ModbusFraming.Tcp)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(units);
        return new ModbusServer(TcpAcceptor.Start(endpoint, ServeAsync, connected => line?.Admits(connected) != false));

        Task ServeAsync(TcpLine client, CancellationToken ct) => ModbusServer.ServeAsync(client, units, line, framing, ct);
    }

    /// <summary>Answers on a line that is open already, like one that was dialled, until its other end closes it. Closes it.</summary>
    public static async Task ServeAsync(
        IByteLine client, IModbusUnits units, IModbusLine? line, ModbusFraming framing, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(units);
        using var owned = client;
        IModbusCalls calls = framing == ModbusFraming.Tcp ? new TcpModbusCalls(client) : new RtuModbusCalls(client, TimeSpan.Zero);
        await new ModbusSession(client, calls, units, line, TimeSpan.Zero).RunAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Closes every connection. Rethrows what <see cref="IModbusUnits"/> threw beside refusals.</summary>
    public ValueTask DisposeAsync() => _acceptor.DisposeAsync();
}
