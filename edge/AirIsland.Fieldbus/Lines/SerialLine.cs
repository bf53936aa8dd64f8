using System.IO.Ports;

namespace AirIsland.Fieldbus.Lines;

/// <summary>An open serial port. A port whose adapter was pulled out breaks like a connection does.</summary>
internal sealed class SerialLine(SerialPort serial) : IByteLine
{
    private static readonly TimeSpan LongestClose = TimeSpan.FromMilliseconds(500);

    private readonly Stream _stream = serial.BaseStream;
    private volatile bool _isStuck;

    public bool IsOpen => !_isStuck && serial.IsOpen;

    public int Available => InPort(() => serial.BytesToRead);

    /// <remarks>
    /// What was not taken in time may never be: what writes for the runtime ends with its adapter, and is not begun again on the same port.
    /// So the port is open no longer, and who asks next opens it anew.
    /// </remarks>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            // A write to an adapter that is pulled out just now may never end, nor hear that it is cancelled.
            await _stream.WriteAsync(bytes, ct).AsTask().WaitAsync(ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _isStuck = true;
            throw;
        }
        catch (Exception e) when (e is InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    public async ValueTask<int> ReceiveAsync(Memory<byte> into, CancellationToken ct)
    {
        try
        {
            return await _stream.ReadAsync(into, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or UnauthorizedAccessException)
        {
            throw Gone(e);
        }
    }

    // A driver may take its time to let a port go: who closes the line, and with it all devices on it, does not wait for it.
    public void Dispose() => Task.WaitAny([Task.Run(Close)], LongestClose);

    /// <remarks>
    /// The stream goes first: it drops what is still to be written. The port would wait until that is written, which is for ever where an
    /// adapter was pulled out in the moment of a write, and would keep the adapter's name from whoever plugs it in again.
    /// </remarks>
    private void Close()
    {
        try
        {
            _stream.Dispose();
            serial.Dispose();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // It is gone, which was wanted.
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
