using System.Net;
using System.Net.Sockets;

namespace AirIsland.Fieldbus.Lines;

/// <summary>
/// The gateway's end of a line that dials in: connects, says who it is, keeps the connection alive, and dials again whenever it was lost.
/// </summary>
public sealed class DialOut : IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly IPEndPoint _endpoint;
    private readonly DialInGateway _gateway;
    private readonly TimeSpan _pause;
    private readonly Func<IByteLine, CancellationToken, Task> _serve;
    private readonly Task _dialling;
    private long _dials;

    private DialOut(IPEndPoint endpoint, DialInGateway gateway, TimeSpan pause, Func<IByteLine, CancellationToken, Task> serve)
    {
        (_endpoint, _gateway, _pause, _serve) = (endpoint, gateway, pause, serve);
        _dialling = DialAsync(_closing.Token);
    }

    /// <summary>Connections that were made.</summary>
    public long Dials => Interlocked.Read(ref _dials);

    /// <summary>
    /// Dials at once, for ever, with a pause between two dials and between two heartbeats. <paramref name="serve"/> owns each line that it
    /// is given and returns when it is over.
    /// </summary>
    public static DialOut Start(IPEndPoint endpoint, DialInGateway gateway, TimeSpan pause, Func<IByteLine, CancellationToken, Task> serve)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(gateway);
        return new(endpoint, gateway, pause, serve);
    }

    /// <summary>Hangs up. Rethrows what serving threw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _dialling.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task DialAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await ServeOnceAsync(ct).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
            {
                // Nobody there, or hung up.
            }

            await Task.Delay(_pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ServeOnceAsync(CancellationToken ct)
    {
        var listener = new TcpEndpoint($"{_endpoint.Address}", _endpoint.Port);
        using var line = new SharedLine(await listener.ConnectAsync(ct).ConfigureAwait(false));
        Interlocked.Increment(ref _dials);
        await line.SendAsync(_gateway.Registration, ct).ConfigureAwait(false);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var beating = BeatAsync(line, over.Token);
        try
        {
            await _serve(line, ct).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await beating.ConfigureAwait(false);
        }
    }

    private async Task BeatAsync(SharedLine line, CancellationToken ct)
    {
        try
        {
            while (!_gateway.Heartbeat.IsEmpty)
            {
                await line.SendAsync(_gateway.Heartbeat, ct).ConfigureAwait(false);
                await Task.Delay(_pause, ct).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException)
        {
            // Over.
        }
    }

    /// <summary>Heartbeats and answers come from two tasks, and a frame is sent whole.</summary>
    private sealed class SharedLine(TcpLine line) : IByteLine
    {
        private readonly SemaphoreSlim _turn = new(1);

        public bool IsOpen => line.IsOpen;

        public int Available => line.Available;

        public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
        {
            await _turn.WaitAsync(ct).ConfigureAwait(false);
            try
            {
                await line.SendAsync(bytes, ct).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }

        public ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct) => line.ReceiveAsync(into, ct);

        public void Dispose() => line.Dispose();
    }
}
