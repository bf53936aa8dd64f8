using System.IO.Ports;

namespace AirIsland.Fieldbus.Lines;

/// <summary>An open serial port. A port whose adapter was pulled out breaks like a connection does.</summary>
internal sealed class SerialLine(SerialPort serial) : IByteLine
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromMilliseconds(500);

    private readonly Stream _stream = serial.BaseStream;

    public bool IsOpen => serial.IsOpen;

    public int Available => InPort(() => serial.BytesToRead);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            // A write to an adapter that is pulled out just now may never end, nor hear that it is cancelled.
            await _stream.WriteAsync(bytes, ct).AsTask().WaitAsync(ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct)
    {
        using var late = new CancellationTokenSource();
        await using var _ = ct.UnsafeRegister(static (l, _) => ((CancellationTokenSource)l!).CancelAfter(LongestClose), late);
        try
        {
            // What reads for the runtime may have ended with its adapter: then no cancellation is heard, and the port is worth nothing.
            return await _stream.ReadAsync(into, ct).AsTask().WaitAsync(late.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (late.IsCancellationRequested && e.CancellationToken == late.Token)
        {
            throw Gone(e);
        }
        catch (Exception e) when (e is InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    /// <remarks>
    /// The runtime waits for what is being written, and for ever where an adapter was pulled out in the moment of a write: who closes the
    /// line, and with it all devices on it, must not wait as long. Asking for more wakes what ends such a write.
    /// </remarks>
    public void Dispose()
    {
        var closing = Task.Run(serial.Dispose);
        if (Task.WaitAny([closing], LongestClose) < 0) _ = WakeAsync();
    }

    private async Task WakeAsync()
    {
        try
        {
            await _stream.ReadAsync(new byte[1]).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException or TaskCanceledException)
        {
            // It is closed, which was wanted.
        }
    }

    private T InPort<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    private IOException Gone(Exception e) => new($"{serial.PortName} is gone", e);
}
