using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// A Modbus TCP slave or gateway for many clients: answers functions 3, 4, 6 and 16, refuses every other with code 1, stays silent for
/// units that do not exist, and closes on a malformed frame.
/// </summary>
public sealed class ModbusServer : IAsyncDisposable
{
    // As many as a large gateway takes; what comes beyond is closed at once.
    private const int MaxClients = 256;
    private static readonly TimeSpan AcceptRest = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly IModbusUnits _units;
    private readonly IModbusLine? _line;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<long, Task> _clients = new();
    private readonly Task _accepting;

    private ModbusServer(Socket listener, IPEndPoint endpoint, IModbusUnits units, IModbusLine? line)
    {
        (_listener, Endpoint, _units, _line) = (listener, endpoint, units, line);
        _accepting = AcceptAsync(_closing.Token);
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Listens at once. Port 0 takes a free one. Null is a line without a fault.</summary>
    /// <exception cref="SocketException">The endpoint is taken or not ours.</exception>
    public static ModbusServer Start(IPEndPoint endpoint, IModbusUnits units, IModbusLine? line = null)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(units);
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endpoint);
            listener.Listen();
            return new ModbusServer(listener, (IPEndPoint?)listener.LocalEndPoint ?? endpoint, units, line);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Closes every connection. Rethrows what <see cref="IModbusUnits"/> threw beside refusals.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        await Task.WhenAll(_clients.Values).ConfigureAwait(false);
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        try
        {
            for (var number = 0L; ; number++)
            {
                var socket = await AcceptOneAsync(ct).ConfigureAwait(false);
                if (socket is not null && Admits(_clients.Count))
                    Serve(number, socket, ct);
                else
                    socket?.Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            // The server closes.
        }
    }

    private bool Admits(int connected) => connected < MaxClients && _line?.Admits(connected) != false;

    private async Task<Socket?> AcceptOneAsync(CancellationToken ct)
    {
        try
        {
            return await _listener.AcceptAsync(ct).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // A client that went away too early, or no descriptor free: no reason to stop listening, but one to rest.
            await Task.Delay(AcceptRest, ct).ConfigureAwait(false);
            return null;
        }
    }

    private void Serve(long number, Socket socket, CancellationToken ct)
    {
        var serving = new ModbusSession(socket, _units, _line).RunAsync(ct);
        _clients[number] = serving;
        _ = serving.ContinueWith(
            done => done.IsCompletedSuccessfully && _clients.TryRemove(number, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
