using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>
/// Modbus RTU on a line. There is no transaction: an answer is known by unit, function, length and CRC, so what was there before the
/// request is dropped first.
/// </summary>
internal sealed class RtuModbusConnection(IByteLine line, TimeSpan silence, bool echoes) : IModbusConnection
{
    // Room for noise before a frame; the oldest is forgotten beyond it.
    private readonly byte[] _heard = new byte[4 * RtuFrame.MaxLength];
    private int _length;

    public bool BearsTimeouts => false;

    public bool IsOpen => line.IsOpen;

    public async Task<ReadOnlyMemory<byte>> ExchangeAsync(ModbusRequest request, Action onStray, CancellationToken ct)
    {
        await DropPendingAsync(onStray, ct).ConfigureAwait(false);
        var frame = RtuFrame.Build(request.Unit, request.Pdu);
        await line.SendAsync(frame, ct).ConfigureAwait(false);
        try
        {
            if (echoes)
                await DropEchoAsync(frame, ct).ConfigureAwait(false);
            var answer = await HearAnswerAsync(request, ct).ConfigureAwait(false);
            var (start, length) = answer.GetOffsetAndLength(_length);
            if (length == _length)
                _length = 0;
            return _heard.AsMemory(start + 1, length - RtuFrame.Overhead);
        }
        finally
        {
            if (_length > 0)
                onStray();
            _length = 0;
        }
    }

    public async Task DrainAsync(Action onStray, CancellationToken ct)
    {
        if (await line.DrainAsync(silence, ct).ConfigureAwait(false) > 0)
            onStray();
    }

    public void Dispose() => line.Dispose();

    private async ValueTask DropPendingAsync(Action onStray, CancellationToken ct)
    {
        // What is there may be a heartbeat, which is never handed out: so it is not waited for without end.
        if (line.Available > 0 && await line.DrainAsync(silence, ct).ConfigureAwait(false) > 0)
            onStray();
    }

    /// <summary>Our own bytes come back first. What came back damaged is left among the heard, where no answer is found in it.</summary>
    private async Task DropEchoAsync(byte[] sent, CancellationToken ct)
    {
        while (_length < sent.Length)
            await HearAsync(ct).ConfigureAwait(false);
        if (!_heard.AsSpan(0, sent.Length).SequenceEqual(sent))
            return;
        _length -= sent.Length;
        _heard.AsSpan(sent.Length, _length).CopyTo(_heard);
    }

    private async Task<Range> HearAnswerAsync(ModbusRequest request, CancellationToken ct)
    {
        while (true)
        {
            MakeRoom();
            if (RtuFrame.FindAnswer(_heard.AsSpan(0, _length), request) is not { } answer)
                await HearAsync(ct).ConfigureAwait(false);
            else if (!IsRefusal(answer, request) || await FallsSilentAsync(ct).ConfigureAwait(false))
                return answer;
        }
    }

    private bool IsRefusal(Range answer, ModbusRequest request) => _heard[answer.Start.Value + 1] != request.Function;

    private async Task<bool> FallsSilentAsync(CancellationToken ct)
    {
        if (await line.ReceiveWithinAsync(_heard.AsMemory(_length), silence, ct).ConfigureAwait(false) is not { } received)
            return true;
        _length += received;
        return received == 0;
    }

    private async Task HearAsync(CancellationToken ct)
    {
        MakeRoom();
        var received = await line.ReceiveAsync(_heard.AsMemory(_length), ct).ConfigureAwait(false);
        if (received == 0)
            throw new IOException("The peer closed the connection instead of answering");
        _length += received;
    }

    private void MakeRoom()
    {
        if (_length < _heard.Length)
            return;
        _heard.AsSpan(_length - RtuFrame.MaxLength).CopyTo(_heard);
        _length = RtuFrame.MaxLength;
    }
}
