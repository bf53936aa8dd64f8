using System.Net.Sockets;
using System.Runtime.CompilerServices;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// Takes the messages of every MQTT device through one session of the site's broker. A message is acknowledged when the outbox has it, so
/// the broker keeps what a crash takes; what it delivers again is known by its source time and dropped.
/// </summary>
public sealed partial class MqttDriver : IDriver, IAsyncDisposable
{
    private const int Waiting = 64;

    private readonly ScanQueue _scans = new(Waiting);
    private readonly TopicMemory _memory;
    private readonly TimeProvider _time;
    private readonly MqttReport _report;
    private readonly BrokerOptions _broker;
    private readonly EdgeStatus _status;
    private readonly ILogger<MqttDriver> _logger;
    private readonly Backoff _link;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, MqttTopic> _topics = new(StringComparer.Ordinal);
    private CancellationTokenSource _renewed = new();
    private Task _connection = Task.CompletedTask;
    private bool _isFlapping;
    private volatile bool _isTold;

    public MqttDriver(BrokerOptions broker, ISourceMarks marks, TimeProvider time, MqttReport report)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(report);
        (_broker, _status, _logger) = (broker, report.Status, report.Logger);
        _link = new(broker.ShortestRest, broker.LongestRest);
        (_memory, _time, _report) = (new(marks), time, report);
    }

    // Another client that takes the session over rests about as long as this one: what lives between two of its tries proves nothing.
    private TimeSpan Lasting => 2 * _broker.LongestRest;

    private string Devices => string.Join(", ", _topics.Values.Select(t => t.Device).Distinct());

    /// <summary>Topics that are the same go on; for the others the session is opened anew, and the broker keeps it meanwhile.</summary>
    public async Task ApplyAsync(IReadOnlyList<BoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var before = _topics;
        var topics = devices.Where(d => d.Profile.Protocol == DeviceProtocol.MqttJson)
            .SelectMany(d => d.Groups.Select(g => new MqttTopic(d, g, _memory, _time, _report)))
            .ToDictionary(t => t.Name, StringComparer.Ordinal);
        foreach (var topic in before.Values.Where(t => topics.TryGetValue(t.Name, out var next) && next.Bound == t.Bound))
            topics[topic.Name] = topic;
        await _turn.WaitAsync();
        Volatile.Write(ref _topics, topics);
        _turn.Release();
        await _scans.ConsumedAsync();
        if (topics.Keys.ToHashSet().SetEquals(before.Keys)) return;
        await Interlocked.Exchange(ref _renewed, new()).CancelAsync();
    }

    /// <summary>
    /// Ends when stopped, but stays connected until disposed, so that what was handed out last can still be acknowledged. Messages that
    /// come after the stop stay with the broker.
    /// </summary>
    public async IAsyncEnumerable<Scan> Read([EnumeratorCancellation] CancellationToken stopping)
    {
        await using var stop = stopping.Register(() => _scans.Complete());
        _connection = SurfaceAsync(StayConnectedAsync());
        await foreach (var scan in _scans.ReadAllAsync())
        {
            _status.Scanned(scan);
            yield return scan;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // Neither source nor semaphore is disposed: they hold nothing, and a message handler may still be leaving them.
        await _connection;
    }

    private async Task StayConnectedAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, Volatile.Read(ref _renewed).Token);
            if (Volatile.Read(ref _topics).Count == 0)
            {
                await Task.Delay(Timeout.Infinite, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            if (await ConverseAsync(ending.Token) is { } failure) await FailAsync(failure);
            await _link.Rest.WaitAsync(_closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Runs one connection to its end. Returns why it failed; null when the driver closed it, at its end or because the topics changed.
    /// </summary>
    private async Task<string?> ConverseAsync(CancellationToken ended)
    {
        using var session = new MqttSession(_broker, TakeAsync);
        var (wasFlapping, hasLasted) = (_isFlapping, false);
        _isFlapping = false;
        try
        {
            await session.OpenAsync(Volatile.Read(ref _topics).Keys, ended);
            if (!wasFlapping) LogConnected(_logger, _broker.Host, _broker.Port, Devices);
            var ending = session.AcknowledgeAsync(ended);
            await ending.WaitAsync(Lasting, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            hasLasted = !ending.IsCompleted;
            if (hasLasted) Recover(wasFlapping);
            await ending;
            return null;
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            await session.CloseAsync();
            return null;
        }
        catch (OperationCanceledException)
        {
            _isFlapping = !hasLasted;
            return hasLasted
                ? "the connection was lost"
                : $"the connection was lost soon after it was opened; another client may use the id '{_broker.ClientId}'";
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttProtocolViolationException or SocketException)
        {
            return e.GetBaseException().Message;
        }
    }

    // Not when it opens: a connection that dies young each time must rest longer each time, and say so once.
    private void Recover(bool wasFlapping)
    {
        _link.Recover();
        if (wasFlapping) LogConnected(_logger, _broker.Host, _broker.Port, Devices);
    }

    private Task TakeAsync(MqttApplicationMessage message, Action acknowledge)
    {
        if (_topics.TryGetValue(message.Topic, out var topic))
        {
            return SurfaceAsync(HandOutAsync(() =>
            {
                _isTold = false;
                return topic.Read(message, acknowledge);
            }));
        }
        acknowledge();
        return Task.CompletedTask;
    }

    private async Task FailAsync(string failure)
    {
        _status.Failed();
        if (_link.Fail(failure)) LogFailed(_logger, _broker.Host, _broker.Port, Devices, failure);
        if (_isTold) return;
        _isTold = true;
        foreach (var topic in _topics.Values) await HandOutAsync(() => topic.AllBad());
    }

    // A fault that is not the outside world's ends the stream: in a task or handler that nobody awaits it would never be heard of.
    private async Task SurfaceAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception is { } fault) _scans.Complete(fault.InnerException);
    }

    // One at a time: a message that the next connection delivers again must not overtake itself, or it would be acknowledged too early.
    // A full channel holds back whoever comes next; a closed one leaves the message to the broker.
    private async Task HandOutAsync(Func<Scan> read)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (!await _scans.WaitToWriteAsync(_closing.Token)) return;
            for (var scan = read(); !_scans.TryWrite(scan) && await _scans.WaitToWriteAsync(_closing.Token);)
            {
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The driver is being disposed: what was not handed out stays with the broker.
        }
        finally
        {
            _turn.Release();
        }
    }
}
