using System.Net.Sockets;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Dlt645;
using AirIsland.Fieldbus.Lines;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>
/// One line, whose meters take turns on it, request by request. What fails of the line itself, it fails for all of them: it rests as a
/// whole.
/// </summary>
internal sealed class MeterLine(ILineEndpoint endpoint, EndpointOptions options, Dlt645DriverOptions defaults) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly DltClient _client = NewClient(endpoint, options, defaults);

    /// <summary>Of the line, not of its meters.</summary>
    public Backoff Link { get; } = options.NewRest(defaults.ShortestRest, defaults.LongestRest);

    public EndpointOptions Options => options;

    /// <summary>How long after a timeout an answer may still come: so long the meter is not asked again.</summary>
    public TimeSpan LateAnswer { get; } = options.LateAnswer ?? options.Timeout ?? defaults.Timeout;

    /// <summary>What the line has carried so far.</summary>
    public MeterLineCounts Counts =>
        new(options.Id, _client.Requests, _client.Timeouts, _client.StrayFrames, _client.DroppedBytes);

    /// <summary>
    /// Does something while nobody else uses the line. Who waited decides only now whether what failed meanwhile is still to be asked: so
    /// one request alone finds out whether it works again.
    /// </summary>
    public async Task InTurnAsync(Func<Task> action)
    {
        await _turn.WaitAsync();
        try
        {
            await action();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Reads an item; one whose answer came damaged is asked for once more, and so is one that met the end of a line that was open: a
    /// gateway may close what is idle, and that is no fault. Throws as <see cref="DltClient.ReadAsync"/> does.
    /// </summary>
    public async Task<DltReading> ReadAsync(MeterAddress meter, DltItem item)
    {
        var (wasOpen, asked) = (_client.IsOpen, _client.Requests);
        // A read under way is finished, never cut off: its own timeout bounds it.
        try
        {
            return await _client.ReadAsync(meter, item, CancellationToken.None);
        }
        catch (DltGarbledException)
        {
            return await _client.ReadAsync(meter, item, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException && wasOpen && _client.Requests > asked)
        {
            return await _client.ReadAsync(meter, item, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>A client that treats the line as its endpoint says.</summary>
    public static DltClient NewClient(ILineEndpoint endpoint, EndpointOptions line, Dlt645DriverOptions defaults) =>
        new(DltLines.Over(endpoint), ClientOptions(endpoint, line, defaults));

    private static DltClientOptions ClientOptions(ILineEndpoint endpoint, EndpointOptions line, Dlt645DriverOptions defaults)
    {
        var usual = new DltClientOptions();
        return usual with
        {
            Timeout = line.Timeout ?? defaults.Timeout,
            ConnectTimeout = line.ConnectTimeout ?? defaults.ConnectTimeout,
            Pause = line.Pause ?? defaults.Pause,
            DelayAfterConnect = line.DelayAfterConnect ?? TimeSpan.Zero,
            Preamble = defaults.Preamble,
            CloseAfter = line.Connection switch
            {
                ConnectionMode.PerCycle => TimeSpan.Zero,
                ConnectionMode.IdleClose => line.IdleAfter,
                _ => null,
            },
            TimeoutsToReopen = endpoint.Reopens ? usual.TimeoutsToReopen : int.MaxValue,
        };
    }
}
