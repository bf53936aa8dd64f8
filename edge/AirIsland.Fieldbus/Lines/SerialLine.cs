using System.IO.Ports;

namespace AirIsland.Fieldbus.Lines;

/// <summary>An open serial port. A port whose adapter was pulled out breaks like a connection does.</summary>
internal sealed class SerialLine(SerialPort serial) : IByteLine
{
    private readonly Stream _stream = serial.BaseStream;

    public bool IsOpen => serial.IsOpen;

    public int Available => InPort(() => serial.BytesToRead);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await _stream.WriteAsync(bytes, ct).ConfigureAwait(false);
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

    public void Dispose() => serial.Dispose();

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
