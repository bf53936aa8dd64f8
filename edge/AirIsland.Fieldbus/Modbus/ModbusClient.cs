using AirIsland.Fieldbus.Profiles;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// A Modbus TCP master for one endpoint: connects when first asked, keeps the connection, and has one request in flight, so that all
/// units of a gateway can share it. Every answer is matched to its request; after a timeout or an unclear end the connection is closed,
/// because a late answer must never be taken for the next one. Safe to be called from many tasks.
/// </summary>
/// <remarks>
/// Calls throw <see cref="ModbusException"/> when the device refuses, <see cref="TimeoutException"/> when it is silent,
/// <see cref="System.Net.Sockets.SocketException"/> or <see cref="IOException"/> when the connection fails.
/// </remarks>
public sealed class ModbusClient(string host, int port, ModbusClientOptions options) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closing = new();
    private ModbusConnection? _connection;
    private Task _rest = Task.CompletedTask;
    private long _requests;
    private long _timeouts;
    private long _strayFrames;

    /// <summary>Requests sent, answered or not.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    public long Timeouts => Interlocked.Read(ref _timeouts);

    /// <summary>Frames that answered no request in flight, and were dropped.</summary>
    public long StrayFrames => Interlocked.Read(ref _strayFrames);

    /// <summary>Reads 1 to 125 registers with function 3 (holding) or 4 (input).</summary>
    public Task<ushort[]> ReadAsync(RegisterTable table, byte unit, ushort address, int count, CancellationToken ct) =>
        RunAsync(ModbusRequest.Read(table, unit, address, count), ct);

    /// <summary>Writes one register with function 6 or up to 123 with function 16.</summary>
    /// <exception cref="InvalidOperationException">The client is read-only: nothing was sent.</exception>
    public Task WriteAsync(byte unit, ushort address, ushort[] values, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!options.Writable)
            throw new InvalidOperationException($"{host}:{port} is read-only: writing was not allowed for it");
        return RunAsync(ModbusRequest.Write(unit, address, values), ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        Close();
        _turn.Release();
    }

    private async Task<ushort[]> RunAsync(ModbusRequest request, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await _rest.WaitAsync(ct).ConfigureAwait(false);
            await ConnectAsync(ct).ConfigureAwait(false);
            return await ExchangeAsync(request, ct).ConfigureAwait(false);
        }
        finally
        {
            _rest = Task.Delay(options.Pause, CancellationToken.None);
            _turn.Release();
        }
    }

    private async Task ConnectAsync(CancellationToken ct)
    {
        if (_connection is { IsOpen: true })
            return;
        Close();
        _connection = await InTimeAsync(
            options.ConnectTimeout,
            $"{host}:{port} did not accept a connection",
            t => ModbusConnection.OpenAsync(host, port, t),
            ct).ConfigureAwait(false);
    }

    private async Task<ushort[]> ExchangeAsync(ModbusRequest request, CancellationToken ct)
    {
        var connection = _connection ?? throw new InvalidOperationException("Not connected");
        var sound = false;
        try
        {
            Interlocked.Increment(ref _requests);
            var registers = await InTimeAsync(
                options.Timeout,
                $"{host}:{port} unit {request.Unit} did not answer function {request.Function}",
                t => connection.ExchangeAsync(request, () => Interlocked.Increment(ref _strayFrames), t),
                ct).ConfigureAwait(false);
            sound = true;
            return registers;
        }
        catch (ModbusException)
        {
            sound = true;
            throw;
        }
        finally
        {
            if (!sound)
                Close();
        }
    }

    /// <summary>Runs against real time: a socket does not know that the process may live on a scaled clock.</summary>
    private async Task<T> InTimeAsync<T>(TimeSpan limit, string what, Func<CancellationToken, Task<T>> action, CancellationToken ct)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct, _closing.Token);
        deadline.CancelAfter(limit);
        try
        {
            return await action(deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            ObjectDisposedException.ThrowIf(_closing.IsCancellationRequested, this);
            Interlocked.Increment(ref _timeouts);
            throw new TimeoutException($"{what} within {limit.TotalMilliseconds} ms");
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
