using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>
/// Frames over a stream of bytes. One read is always under way and no deadline cancels it, because not every stream survives that: a
/// deadline only stops waiting, and what comes later is read by whoever waits next.
/// </summary>
internal sealed class DltLine(Stream stream, TimeSpan byteGap) : IAsyncDisposable
{
    private readonly DltDecoder _decoder = new();
    private readonly byte[] _buffer = new byte[512];
    private Task<int>? _reading;

    /// <summary>Bytes that belonged to no frame.</summary>
    public long DroppedBytes => _decoder.DroppedBytes;

    /// <summary>Whether bytes are held that may become a frame.</summary>
    public bool IsMidFrame => _decoder.IsMidFrame;

    /// <summary>Waits before it is first spoken on. Who is cancelled then has no line: it is closed.</summary>
    public async Task RestAsync(TimeSpan delay, CancellationToken ct)
    {
        try
        {
            await Rest.ForAsync(delay, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <exception cref="TimeoutException">The line did not take the bytes in time.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan within, CancellationToken ct) =>
        SendWholeAsync(bytes, ct).WaitAsync(within, ct);

    /// <summary>The frames that the next bytes complete, or that the pause after them uncovers; may be none.</summary>
    /// <exception cref="EndOfStreamException">The other end closed.</exception>
    public async Task<IReadOnlyList<DltFrame>> ReceiveAsync(CancellationToken ct)
    {
        var count = await ReadAsync(_decoder.IsMidFrame ? byteGap : Timeout.InfiniteTimeSpan, ct).ConfigureAwait(false);
        return count is { } some ? _decoder.Feed(_buffer.AsSpan(0, some)) : _decoder.Break();
    }

    /// <summary>Reads and drops until nothing has come for a while; zero drops what has come already.</summary>
    /// <returns>How many frames were dropped.</returns>
    public async Task<int> DrainAsync(TimeSpan silence, CancellationToken ct)
    {
        var frames = 0;
        while (await ReadAsync(silence, ct).ConfigureAwait(false) is { } count)
            frames += _decoder.Feed(_buffer.AsSpan(0, count)).Count;
        return frames + _decoder.Break().Count;
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync().ConfigureAwait(false);
        // The read under way ends with the stream, and how is of no interest.
        _ = _reading?.ContinueWith(
            ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task SendWholeAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await stream.WriteAsync(bytes, ct).ConfigureAwait(false);
        await stream.FlushAsync(ct).ConfigureAwait(false);
    }

    /// <summary>How many bytes came; null when none did in that time.</summary>
    private async Task<int?> ReadAsync(TimeSpan within, CancellationToken ct)
    {
        // Where bytes are always there already, nothing below would ever look at it.
        ct.ThrowIfCancellationRequested();
        _reading ??= stream.ReadAsync(_buffer, CancellationToken.None).AsTask();
        try
        {
            await _reading.WaitAsync(within, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It may have come in this very moment.
            if (!_reading.IsCompleted)
                return null;
        }

        var count = await _reading.ConfigureAwait(false);
        _reading = null;
        return count > 0 ? count : throw new EndOfStreamException("The other end closed the line");
    }
}
