using System.IO.Ports;

namespace AirIsland.Fieldbus.Lines;

/// <summary>A serial port of this machine, RS-232 or RS-485.</summary>
public sealed record SerialEndpoint(string Port) : ILineEndpoint
{
    // Modbus over serial line V1.02, 2.5.1.1: above 19200 baud the silence no longer shrinks with the character.
    private const int FastestScaled = 19_200;
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMilliseconds(1.75);

    /// <summary>Bits per second. Default 9600.</summary>
    public int Baud { get; init; } = 9_600;

    /// <summary>Bits of data in a character: 8 for Modbus RTU and DL/T 645.</summary>
    public int DataBits { get; init; } = 8;

    /// <summary>Default even, as the Modbus specification asks for; most of the meters in the field are set to none.</summary>
    public SerialParity Parity { get; init; } = SerialParity.Even;

    /// <summary>1 or 2. Default 1.</summary>
    public int StopBits { get; init; } = 1;

    public string Name => Port;

    public bool Reopens => false;

    /// <summary>Time of one character on the wire, with its start, parity and stop bits.</summary>
    public TimeSpan Character => TimeSpan.FromSeconds((1.0 + DataBits + (Parity == SerialParity.None ? 0 : 1) + StopBits) / Baud);

    public TimeSpan Silence => Baud > FastestScaled ? ShortestSilence : Character * 3.5;

    public ValueTask<IByteLine> OpenAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var parity = Parity switch
        {
            SerialParity.None => System.IO.Ports.Parity.None,
            SerialParity.Odd => System.IO.Ports.Parity.Odd,
            SerialParity.Even => System.IO.Ports.Parity.Even,
            _ => throw new InvalidOperationException($"{Port}: no such parity: {Parity}"),
        };
        var stopBits = StopBits == 2 ? System.IO.Ports.StopBits.Two : System.IO.Ports.StopBits.One;
        var serial = new SerialPort(Port, Baud, parity, DataBits, stopBits);
        try
        {
            serial.Open();
            return ValueTask.FromResult<IByteLine>(new SerialLine(serial));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException)
        {
            serial.Dispose();
            throw new IOException($"{Port} cannot be opened: {e.Message}", e);
        }
        catch
        {
            serial.Dispose();
            throw;
        }
    }
}
