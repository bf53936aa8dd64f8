namespace AirIsland.Fieldbus.Lines;

/// <summary>
/// The connection of a gateway that dialled in, without its heartbeats. They are looked for where they can be told from an answer: at its
/// start, and in packets of nothing else.
/// </summary>
internal sealed class DialInLine(TcpLine line, ReadOnlyMemory<byte> heartbeat, Action onHeartbeat) : IByteLine
{
    private readonly byte[] _heard = new byte[1024];
    private int _length;
    private bool _fresh = true;

    public bool IsOpen => line.IsOpen;

    public int Available => line.Available + _length;

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        _fresh = true;
        return line.SendAsync(bytes, ct);
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct)
    {
        while (_length == 0 || BeginsHeartbeat())
        {
            var received = await line.ReceiveAsync(_heard.AsMemory(_length), ct).ConfigureAwait(false);
            if (received == 0)
                break;
            _length += received;
            DropHeartbeats();
        }

        return HandOut(into.Span);
    }

    /// <summary>Bytes that came behind the registration.</summary>
    public void Heard(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_heard);
        _length = bytes.Length;
        DropHeartbeats();
    }

    public void Dispose() => line.Dispose();

    private int HandOut(Span<byte> into)
    {
        var count = Math.Min(into.Length, _length);
        _heard.AsSpan(0, count).CopyTo(into);
        Drop(count);
        _fresh &= count == 0;
        return count;
    }

    /// <summary>The start of a heartbeat, whose rest will show whether it is one.</summary>
    private bool BeginsHeartbeat() => _fresh && _length < heartbeat.Length && heartbeat.Span.StartsWith(_heard.AsSpan(0, _length));

    private void DropHeartbeats()
    {
        if (heartbeat.IsEmpty)
            return;
        var count = 0;
        while (_heard.AsSpan(count * heartbeat.Length, _length - (count * heartbeat.Length)).StartsWith(heartbeat.Span))
            count++;
        if (!_fresh && count * heartbeat.Length != _length)
            return;
        for (var i = 0; i < count; i++)
            onHeartbeat();
        Drop(count * heartbeat.Length);
    }

    private void Drop(int count)
    {
        _heard.AsSpan(count, _length - count).CopyTo(_heard);
        _length -= count;
    }
}
