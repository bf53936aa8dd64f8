using AirIsland.Fieldbus.Lines;

namespace AirIsland.Fieldbus.Dlt645;

/// <summary>The meters of a serial port.</summary>
public sealed class DltSerialServer : IAsyncDisposable
{
    private readonly IByteLine _port;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _serving;

    private DltSerialServer(IByteLine port, DltMeters meters)
    {
        _port = port;
        _serving = ServeAsync(meters, _closing.Token);
    }

    /// <summary>Opens the port, and answers until it is gone.</summary>
    /// <exception cref="IOException">There is no such port, or it is not ours to open.</exception>
    public static async Task<DltSerialServer> StartAsync(SerialEndpoint endpoint, DltMeters meters, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(meters);
        return new DltSerialServer(await endpoint.OpenAsync(ct).ConfigureAwait(false), meters);
    }

    /// <summary>Closes the port. Rethrows what a meter's registers threw.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        _port.Dispose();
        await _serving.ConfigureAwait(false);
        _closing.Dispose();
    }

    private async Task ServeAsync(DltMeters meters, CancellationToken ct)
    {
        try
        {
            await meters.ServeAsync(new LineStream(_port), ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Switched off.
        }
    }
}
