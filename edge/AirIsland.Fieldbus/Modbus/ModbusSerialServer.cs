using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Modbus;

/// <summary>Modbus RTU slaves on a serial port: as a <see cref="ModbusServer"/>, answering after the silence that ends a request.</summary>
public sealed class ModbusSerialServer : IAsyncDisposable
{
    private readonly IByteLine _port;
    private readonly CancellationTokenSource _closing = new();

    private ModbusSerialServer(IByteLine port, TimeSpan silence, IModbusUnits units, IModbusLine? line)
    {
        _port = port;
        Completion = ServeAsync(new ModbusSession(port, new RtuModbusCalls(port, silence), units, line, silence), _closing.Token);
    }

    /// <summary>Ends when the port is gone. Throws what <see cref="IModbusUnits"/> threw beside refusals.</summary>
    public Task Completion { get; }

    /// <summary>Opens the port. Null is a line without a fault.</summary>
    /// <exception cref="IOException">There is no such port, or it is not ours to open.</exception>
    public static async Task<ModbusSerialServer> StartAsync(
        SerialEndpoint endpoint, IModbusUnits units, IModbusLine? line, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(units);
        return new ModbusSerialServer(await endpoint.OpenAsync(ct).ConfigureAwait(false), endpoint.Silence, units, line);
    }

    /// <summary>Closes the port. Rethrows what <see cref="IModbusUnits"/> threw beside refusals.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _port.Dispose();
        await Completion.ConfigureAwait(false);
    }

    private static async Task ServeAsync(ModbusSession session, CancellationToken ct)
    {
        while (await session.RunAsync(ct).ConfigureAwait(false))
        {
            // A wire has no connection to close: what a carrier gave up is followed by the next request.
        }
    }
}
