using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>A gateway that passes a line of meters through TCP, for many clients at once.</summary>
public sealed class DltServer : IAsyncDisposable
{
    private const int MaxClients = 64;
    private static readonly TimeSpan AcceptRest = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly DltMeters _meters;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<long, Task> _clients = new();
    private readonly Task _accepting;

    private DltServer(Socket listener, IPEndPoint endpoint, DltMeters meters)
    {
        (_listener, Endpoint, _meters) = (listener, endpoint, meters);
        _accepting = AcceptAsync(_closing.Token);
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Listens at once. Port 0 takes a free one.</summary>
    /// <exception cref="SocketException">The endpoint is taken or not ours.</exception>
    public static DltServer Start(IPEndPoint endpoint, DltMeters meters)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(meters);
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endpoint);
            listener.Listen();
            return new DltServer(listener, (IPEndPoint?)listener.LocalEndPoint ?? endpoint, meters);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Closes every connection. Rethrows what a meter's registers threw.</summary>
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
                if (socket is not null && _clients.Count < MaxClients)
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
        var serving = ServeAsync(socket, ct);
        _clients[number] = serving;
        _ = serving.ContinueWith(
            done => done.IsCompletedSuccessfully && _clients.TryRemove(number, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task ServeAsync(Socket socket, CancellationToken ct)
    {
        try
        {
            socket.NoDelay = true;
            await _meters.ServeAsync(new NetworkStream(socket, ownsSocket: true), ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server closes.
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The client is gone before it was served.
        }
    }
}
