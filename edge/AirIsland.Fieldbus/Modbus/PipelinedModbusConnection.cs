using System.Collections.Concurrent;
using System.Net.Sockets;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// Modbus TCP with several requests in flight: each answer finds its request by the transaction, in whatever order they come. A request
/// that was given up leaves nothing behind: its answer is a stray frame when it comes. So a slow unit costs the others no connection; but
/// one that answers nobody may be half open.
/// </summary>
internal sealed class PipelinedModbusConnection : IModbusConnection
{
    // Requests in a row that were given up while nobody else was answered either.
    private const int MuteToLeave = 3;

    private readonly IByteLine _line;
    private readonly Action _onStray;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<ushort, Waiting> _waiting = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private int _transaction;
    private int _answers;
    private int _mute;
    private int _users;
    private bool _leaving;
    private volatile bool _broken;
    private volatile bool _isMidFrame;

    public PipelinedModbusConnection(IByteLine line, Action onStray)
    {
        (_line, _onStray) = (line, onStray);
        _ = ReceiveAsync(_closing.Token);
    }

    // The rest of a frame that was begun may never come: what comes instead would be taken for it.
    public bool BearsTimeouts => Volatile.Read(ref _mute) < MuteToLeave && !_isMidFrame;

    // The receiver alone knows: two who look at a socket at once can see an end where there is none.
    public bool IsOpen => !_broken;

    public async Task<ReadOnlyMemory<byte>> ExchangeAsync(ModbusRequest request, Action onStray, CancellationToken ct)
    {
        var transaction = unchecked((ushort)Interlocked.Increment(ref _transaction));
        var waiting = new Waiting(request, new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously));
        var answersBefore = Volatile.Read(ref _answers);
        Enter();
        try
        {
            _waiting[transaction] = waiting;
            if (_broken)
                throw Gone();
            await SendAsync(ModbusFrame.Build(transaction, request.Unit, request.Pdu), ct).ConfigureAwait(false);
            return await waiting.Answer.Task.WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Volatile.Read(ref _answers) == answersBefore)
        {
            // Alone, it has nobody who could show that the connection lives.
            _ = Volatile.Read(ref _users) == 1 ? Interlocked.Exchange(ref _mute, MuteToLeave) : Interlocked.Increment(ref _mute);
            throw;
        }
        finally
        {
            _waiting.TryRemove(transaction, out _);
            Leave();
        }
    }

    /// <summary>Nothing to be done: what comes for a request that was given up is told by its transaction.</summary>
    public Task DrainAsync(Action onStray, CancellationToken ct) => Task.CompletedTask;

    /// <summary>Closes the line once the exchanges in flight have ended; one that is broken at once, and fails them.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _leaving = true;
            if (_users == 0 || _broken)
                Close();
        }
    }

    private void Enter()
    {
        lock (_gate) _users++;
    }

    private void Leave()
    {
        lock (_gate)
        {
            if (--_users == 0 && _leaving)
                Close();
        }
    }

    private void Close()
    {
        _broken = true;
        _closing.Cancel();
        _line.Dispose();
    }

    private async Task SendAsync(byte[] frame, CancellationToken ct)
    {
        await _sending.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await _line.SendAsync(frame, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Half a request may be out: nobody can speak on this line any more.
            _broken = true;
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReceiveAsync(CancellationToken closing)
    {
        var buffer = new byte[ModbusFrame.MaxLength];
        try
        {
            while (true)
            {
                await FillAsync(buffer.AsMemory(0, ModbusFrame.HeaderLength), closing).ConfigureAwait(false);
                var length = ModbusFrame.PduLength(buffer) ?? throw new IOException("The peer sent something that is no Modbus frame");
                await FillAsync(buffer.AsMemory(ModbusFrame.HeaderLength, length), closing).ConfigureAwait(false);
                _isMidFrame = false;
                HandOver(buffer.AsSpan(0, ModbusFrame.HeaderLength + length));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            _broken = true;
            foreach (var waiting in _waiting.Values)
                waiting.Answer.TrySetException(e is IOException or SocketException ? e : Gone());
        }
    }

    private void HandOver(ReadOnlySpan<byte> frame)
    {
        var pdu = ModbusFrame.Pdu(frame);
        var isAnswer = ModbusFrame.Protocol(frame) == 0
            && _waiting.TryGetValue(ModbusFrame.Transaction(frame), out var waiting)
            && waiting.Request.IsAnsweredBy(ModbusFrame.Unit(frame), pdu)
            && waiting.Answer.TrySetResult(pdu.ToArray());
        if (!isAnswer)
        {
            _onStray();
            return;
        }
        Interlocked.Increment(ref _answers);
        Volatile.Write(ref _mute, 0);
    }

    private async ValueTask FillAsync(Memory<byte> target, CancellationToken closing)
    {
        while (target.Length > 0)
        {
            var received = await _line.ReceiveAsync(target, closing).ConfigureAwait(false);
            if (received == 0)
                throw new IOException("The peer closed the connection instead of answering");
            _isMidFrame = true;
            target = target[received..];
        }
    }

    private static IOException Gone() => new("The connection was closed");

    private sealed record Waiting(ModbusRequest Request, TaskCompletionSource<byte[]> Answer);
}
