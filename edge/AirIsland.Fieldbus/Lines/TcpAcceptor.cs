using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>Takes TCP connections in and hands each to its server, a bounded number at a time.</summary>
internal sealed class TcpAcceptor : IAsyncDisposable
{
    // More than any gateway takes; what comes beyond is closed at once.
    private const int MaxConnections = 1024;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly Func<TcpLine, CancellationToken, Task> _serve;
    private readonly Func<int, bool> _admits;
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<long, Task> _served = new();
    private readonly Task _accepting;

    private TcpAcceptor(Socket listener, IPEndPoint endpoint, Func<TcpLine, CancellationToken, Task> serve, Func<int, bool> admits)
    {
        (_listener, Endpoint, _serve, _admits) = (listener, endpoint, serve, admits);
        _accepting = AcceptAsync(_closing.Token);
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>
    /// Listens at once. <paramref name="admits"/> is asked for each connection how many there are beside it; <paramref name="serve"/> owns
    /// the line that it is given.
    /// </summary>
    /// <exception cref="SocketException">The endpoint is taken or not ours.</exception>
    public static TcpAcceptor Start(IPEndPoint endpoint, Func<TcpLine, CancellationToken, Task> serve, Func<int, bool> admits)
    {
        var listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endpoint);
            listener.Listen();
            return new TcpAcceptor(listener, (IPEndPoint?)listener.LocalEndPoint ?? endpoint, serve, admits);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Cancels what serves. Rethrows what it threw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        await Task.WhenAll(_served.Values).ConfigureAwait(false);
    }

    private async Task AcceptAsync(CancellationToken ct)
    {
        try
        {
            for (var number = 0L; ; number++)
            {
                var socket = await AcceptOneAsync(ct).ConfigureAwait(false);
                if (socket is not null && _served.Count < MaxConnections && _admits(_served.Count))
                    Serve(number, socket, ct);
                else
                    socket?.Dispose();
            }
        }
        catch (OperationCanceledException)
        {
            // The listener closes.
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
            await Task.Delay(Rest, ct).ConfigureAwait(false);
            return null;
        }
    }

    private void Serve(long number, Socket socket, CancellationToken ct)
    {
        var serving = _serve(new TcpLine(socket), ct);
        _served[number] = serving;
        _ = serving.ContinueWith(
            done => done.IsCompletedSuccessfully && _served.TryRemove(number, out _),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
