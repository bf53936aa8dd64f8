using System.Collections.Concurrent;

namespace AirIsland.Fieldbus.Modbus;

/// <content>The line: whose turn it is, when it may be spoken on, and what becomes of it after each exchange.</content>
public sealed partial class ModbusClient
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<byte, Task> _late = new();
    private IModbusConnection? _connection;
    private bool _unclear;
    private Task _rest = Task.CompletedTask;
    private long _requests;
    private long _timeouts;
    private long _strayFrames;

    private delegate T Decoder<T>(ReadOnlySpan<byte> pdu);

    private async Task<T> RunAsync<T>(ModbusRequest request, Decoder<T> decode, CancellationToken ct)
    {
        if (request.Writes && !options.Writable)
            throw new InvalidOperationException($"{endpoint.Name} is read-only: writing was not allowed for it");
        await TakeTurnAsync(request.Unit, ct).ConfigureAwait(false);
        try
        {
            await _rest.WaitAsync(ct).ConfigureAwait(false);
            await ConnectAsync(ct).ConfigureAwait(false);
            return await ExchangeAsync(request, decode, ct).ConfigureAwait(false);
        }
        finally
        {
            _rest = Task.Delay(RestTime, CancellationToken.None);
            _turn.Release();
        }
    }

    /// <summary>A unit whose answer may still come gives its turn back, so that no other unit of the line waits for it.</summary>
    private async Task TakeTurnAsync(byte unit, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        while (_late.TryGetValue(unit, out var late) && !late.IsCompleted)
        {
            _turn.Release();
            await late.WaitAsync(ct).ConfigureAwait(false);
            await _turn.WaitAsync(ct).ConfigureAwait(false);
        }

        _late.TryRemove(unit, out _);
    }

    private TimeSpan RestTime =>
        framing == ModbusFraming.Rtu && endpoint.Silence > options.Pause ? endpoint.Silence : options.Pause;

    private async Task ConnectAsync(CancellationToken ct)
    {
        if (_connection is { IsOpen: true })
            return;
        Close();
        var line = await InTimeAsync(
            options.ConnectTimeout,
            $"{endpoint.Name} was not there to be asked",
            t => endpoint.OpenAsync(t).AsTask(),
            ct).ConfigureAwait(false);
        _connection = framing == ModbusFraming.Tcp
            ? new TcpModbusConnection(line, endpoint.Silence)
            : new RtuModbusConnection(line, endpoint.Silence, options.Echoes);
        if (options.DelayAfterConnect > TimeSpan.Zero)
            await Task.Delay(options.DelayAfterConnect, ct).ConfigureAwait(false);
    }

    private async Task<T> ExchangeAsync<T>(ModbusRequest request, Decoder<T> decode, CancellationToken ct)
    {
        var connection = _connection ?? throw new InvalidOperationException("Not connected");
        var (sound, unclear) = (false, false);
        try
        {
            if (_unclear)
                await ClearAsync(connection, ct).ConfigureAwait(false);
            Interlocked.Increment(ref _requests);
            var answer = await InTimeAsync(
                options.Timeout,
                $"{endpoint.Name} unit {request.Unit} did not answer function {request.Function}",
                t => connection.ExchangeAsync(request, CountStray, t),
                ct).ConfigureAwait(false);
            sound = true;
            request.ThrowIfRefused(answer.Span);
            return decode(answer.Span);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            unclear = true;
            throw;
        }
        finally
        {
            if (unclear)
                LeaveUnclear(request.Unit);
            else if (!sound)
                Close();
        }
    }

    /// <summary>Something may still come. A new connection is free of it; a wire, or a gateway that must dial first, is not.</summary>
    private void LeaveUnclear(byte unit)
    {
        if (endpoint.Reopens)
            Close();
        else
            _unclear = true;
        if (framing == ModbusFraming.Rtu)
            _late[unit] = Task.Delay(options.LateAnswer ?? options.Timeout, CancellationToken.None);
    }

    private async Task ClearAsync(IModbusConnection connection, CancellationToken ct)
    {
        await InTimeAsync(
            options.Timeout,
            $"{endpoint.Name} did not fall silent",
            async t =>
            {
                await connection.DrainAsync(CountStray, t).ConfigureAwait(false);
                return true;
            },
            ct).ConfigureAwait(false);
        _unclear = false;
    }

    private void CountStray() => Interlocked.Increment(ref _strayFrames);

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
        _unclear = false;
    }
}
