using System.Collections.Concurrent;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <content>The line: whose turn it is, when it may be spoken on, and what becomes of it after each exchange.</content>
public sealed partial class ModbusClient
{
    private readonly SemaphoreSlim _turns = new(TurnsOf(framing, options));
    private readonly SemaphoreSlim _opening = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentDictionary<byte, Task> _late = new();
    private IModbusConnection? _connection;
    private bool _unclear;
    private Task _rest = Task.CompletedTask;
    private long _requests;
    private long _timeouts;
    private long _strayFrames;

    private delegate T Decoder<T>(ReadOnlySpan<byte> pdu);

    private int InFlight => TurnsOf(framing, options);

    private TimeSpan RestTime =>
        framing == ModbusFraming.Rtu && endpoint.Silence > options.Pause ? endpoint.Silence : options.Pause;

    // What carries no transaction cannot be told apart when there are several.
    private static int TurnsOf(ModbusFraming framing, ModbusClientOptions options) =>
        framing == ModbusFraming.Tcp ? Math.Clamp(options.MaxInFlight, 1, 16) : 1;

    private Task<T> RunAsync<T>(ModbusRequest request, Decoder<T> decode, CancellationToken ct) =>
        RunAsync(request, decode, options.Timeout, ct);

    private async Task<T> RunAsync<T>(ModbusRequest request, Decoder<T> decode, TimeSpan timeout, CancellationToken ct)
    {
        if (request.Writes && !options.Writable)
            throw new InvalidOperationException($"{endpoint.Name} is read-only: writing was not allowed for it");
        await TakeTurnAsync(request.Unit, ct).ConfigureAwait(false);
        try
        {
            var connection = await ConnectAsync(ct).ConfigureAwait(false);
            return await ExchangeAsync(connection, request, decode, timeout, ct).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _rest, Resting());
            _turns.Release();
        }
    }

    /// <summary>A unit whose answer may still come gives its turn back, so that no other unit of the line waits for it.</summary>
    private async Task TakeTurnAsync(byte unit, CancellationToken ct)
    {
        await _turns.WaitAsync(ct).ConfigureAwait(false);
        while (_late.TryGetValue(unit, out var late) && !late.IsCompleted)
        {
            _turns.Release();
            await late.WaitAsync(ct).ConfigureAwait(false);
            await _turns.WaitAsync(ct).ConfigureAwait(false);
        }

        _late.TryRemove(unit, out _);
    }

    private Task Resting() => Rest.ForAsync(RestTime, CancellationToken.None);

    /// <summary>The line, rested and open. One at a time is let through, so that several in flight share one connection.</summary>
    private async ValueTask<IModbusConnection> ConnectAsync(CancellationToken ct)
    {
        await _opening.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await Volatile.Read(ref _rest).WaitAsync(ct).ConfigureAwait(false);
            if (InFlight > 1)
                Volatile.Write(ref _rest, Resting());
            if (_connection is { IsOpen: true } open)
                return open;
            Close(_connection);
            var line = await InTimeAsync(
                options.ConnectTimeout,
                $"{endpoint.Name} was not there to be asked",
                t => endpoint.OpenAsync(t).AsTask(),
                ct).ConfigureAwait(false);
            var connection = Speak(line);
            _connection = connection;
            await Rest.ForAsync(options.DelayAfterConnect, ct).ConfigureAwait(false);
            return connection;
        }
        finally
        {
            _opening.Release();
        }
    }

    private IModbusConnection Speak(IByteLine line) => framing switch
    {
        ModbusFraming.Rtu => new RtuModbusConnection(line, endpoint.Silence, options.Echoes),
        _ when InFlight > 1 => new PipelinedModbusConnection(line, CountStray),
        _ => new TcpModbusConnection(line, endpoint.Silence),
    };

    private async Task<T> ExchangeAsync<T>(
        IModbusConnection connection, ModbusRequest request, Decoder<T> decode, TimeSpan timeout, CancellationToken ct)
    {
        var (sound, unclear) = (false, false);
        try
        {
            if (_unclear)
                await ClearAsync(connection, ct).ConfigureAwait(false);
            Interlocked.Increment(ref _requests);
            var answer = await InTimeAsync(
                timeout,
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
                LeaveUnclear(connection, request.Unit);
            else if (!sound)
                Close(connection);
        }
    }

    /// <summary>
    /// Something may still come. A new connection is free of it; a wire, or a gateway that must dial first, is not, unless the answers
    /// carry transactions that nobody waits for any more.
    /// </summary>
    private void LeaveUnclear(IModbusConnection connection, byte unit)
    {
        if (connection is { BearsTimeouts: true, IsOpen: true })
            return;
        if (endpoint.Reopens)
            Close(connection);
        else
            _unclear = InFlight == 1;
        if (framing == ModbusFraming.Rtu)
            _late[unit] = Rest.ForAsync(options.LateAnswer ?? options.Timeout, CancellationToken.None);
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

    /// <summary>Closes it, unless another has taken its place already.</summary>
    private void Close(IModbusConnection? connection)
    {
        if (connection is null || Interlocked.CompareExchange(ref _connection, null, connection) != connection)
            return;
        connection.Dispose();
        _unclear = false;
    }
}
