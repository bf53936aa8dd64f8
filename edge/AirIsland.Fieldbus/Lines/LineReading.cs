namespace AirIsland.Fieldbus.Lines;

/// <summary>Reading a line by its silences.</summary>
internal static class LineReading
{
    /// <summary>Bytes received, 0 when the other end closed, or null when nothing came for that long.</summary>
    public static async ValueTask<int?> ReceiveWithinAsync(this IByteLine line, Memory<byte> into, TimeSpan silence, CancellationToken ct)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(ct);
        quiet.CancelAfter(silence < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : silence);
        try
        {
            return await line.ReceiveAsync(into, quiet.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Drops what comes until nothing came for <paramref name="silence"/>. Returns the bytes dropped.</summary>
    /// <exception cref="IOException">The other end closed the line.</exception>
    public static async Task<long> DrainAsync(this IByteLine line, TimeSpan silence, CancellationToken ct)
    {
        var dropped = 0L;
        var scrap = new byte[256];
        while (await line.ReceiveWithinAsync(scrap, silence, ct).ConfigureAwait(false) is { } received)
        {
            if (received == 0)
                throw new IOException("The peer closed the connection");
            dropped += received;
        }

        return dropped;
    }
}
