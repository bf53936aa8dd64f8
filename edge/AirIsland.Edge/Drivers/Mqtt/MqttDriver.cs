using System.Runtime.CompilerServices;
using AirIsland.Edge.Drivers.Brokers;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Profiles;
using AirIsland.Quantities;
using Microsoft.Extensions.Logging;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// Takes the messages of every MQTT device through one session of the site's broker. A message is acknowledged when the outbox has it, so
/// the broker keeps what a crash takes; what it delivers again is known by its source time and content and dropped.
/// </summary>
public sealed partial class MqttDriver : IDriver, IAsyncDisposable
{
    private const int Waiting = 64;

    private static readonly TimeSpan Hurry = TimeSpan.FromMilliseconds(50);

    private readonly ScanQueue _scans = new(Waiting);
    private readonly MqttTopic.Edge _edge;
    private readonly BrokerOptions _broker;
    private readonly EdgeStatus _status;
    private readonly ILogger<MqttDriver> _logger;
    private readonly BrokerKeeper _keeper;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _subscribing = new(1);
    private Dictionary<string, MqttTopic> _topics = new(StringComparer.Ordinal);
    private TaskCompletionSource _wanted = new();
    private Task _connection = Task.CompletedTask;
    private MqttSession? _session;

    public MqttDriver(BrokerOptions broker, ISourceMarks marks, TimeProvider time, MqttReport report)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(report);
        (_broker, _status, _logger) = (broker, report.Status, report.Logger);
        _keeper = new(broker);
        _edge = new(new TopicMemory(marks), time, report);
    }

    private string Devices => string.Join(", ", _topics.Values.Select(t => t.Device).Distinct());

    /// <summary>Topics that are the same go on; the others are subscribed to and ended on the connection that is there.</summary>
    public async Task ApplyAsync(IReadOnlyList<BoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        var wanted = devices.Where(d => d.Profile.Protocol == DeviceProtocol.MqttJson).ToHashSet();
        var kept = _topics.Values.Where(t => wanted.Contains(t.Bound)).ToList();
        var gone = _topics.Values.Except(kept).Select(t => t.Gauge).Distinct().ToList();
        wanted.ExceptWith(kept.Select(t => t.Bound));
        var topics = kept.Concat(wanted.SelectMany(d => MqttTopic.Of(d, _edge))).ToDictionary(t => t.Name, StringComparer.Ordinal);
        await _turn.WaitAsync();
        try
        {
            _topics = topics;
            foreach (var gauge in gone) _edge.Report.Health.Remove(gauge);
            if (topics.Count > 0) _wanted.TrySetResult();
            else if (_wanted.Task.IsCompleted) _wanted = new();
        }
        finally
        {
            _turn.Release();
        }
        await _scans.ConsumedAsync();
        if (_session is { } session) await ReconcileAsync(session);
    }

    /// <summary>
    /// Ends when stopped, but stays connected until disposed, so that what was handed out last can still be acknowledged. Messages that
    /// come after the stop stay with the broker.
    /// </summary>
    public async IAsyncEnumerable<Scan> Read([EnumeratorCancellation] CancellationToken stopping)
    {
        await using var stop = stopping.Register(() => _scans.Complete());
        _connection = Task.WhenAll(SurfaceAsync(StayConnectedAsync()), SurfaceAsync(WatchSilenceAsync()), SurfaceAsync(HurryAsync()));
        await foreach (var scan in _scans.ReadAllAsync())
        {
            if (!scan.IsUrgent) _status.Scanned(scan);
            yield return scan;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        // Neither source nor semaphores are disposed: they hold nothing, and a message handler may still be leaving them.
        await _connection;
    }

    private async Task StayConnectedAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await _wanted.Task.WaitAsync(_closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (await ConverseAsync() is { } failure) await FailAsync(failure);
            await _keeper.Rest.WaitAsync(_closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs one connection to its end. Returns why it failed; null when the driver closed it.</summary>
    private async Task<string?> ConverseAsync()
    {
        using var session = new MqttSession(_broker, _edge.Time, SurfaceAsync, () => _status.GaveUp(1));
        try
        {
            var failure = await _keeper.ConverseAsync(session.Connection, OpenAsync, SayConnected, _closing.Token);
            // The broker keeps the session.
            if (failure is null) await session.Connection.CloseAsync();
            return failure;
        }
        finally
        {
            _session = null;
        }

        void SayConnected() => LogConnected(_logger, _broker.Host, _broker.Port, Devices);

        async Task<Task> OpenAsync(BrokerSecrets secrets)
        {
            await session.OpenAsync(secrets, _closing.Token);
            foreach (var topic in Volatile.Read(ref _topics).Values) topic.Listen();
            _session = session;
            var serving = session.ServeAsync(a => TakeAsync(session, a), _closing.Token);
            await ReconcileAsync(session);
            return serving;
        }
    }

    private async Task ReconcileAsync(MqttSession session)
    {
        IReadOnlyList<(MqttTopic Topic, string Reason)> refused = [];
        await AskAsync(async () => refused = await session.ReconcileAsync(Volatile.Read(ref _topics), _closing.Token));
        foreach (var (topic, reason) in refused) await TellAsync(topic, t => t.TellRefused(reason));
    }

    // One at a time. What is not answered ends the connection: the next one begins with asking for everything.
    private async Task AskAsync(Func<Task> ask)
    {
        await _subscribing.WaitAsync(CancellationToken.None);
        try
        {
            await ask();
        }
        catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException)
        {
            // Whoever runs the connection sees it.
        }
        finally
        {
            _subscribing.Release();
        }
    }

    private Task TakeAsync(MqttSession session, MqttArrival arrival) => Volatile.Read(ref _topics).ContainsKey(arrival.Message.Topic)
        ? SurfaceAsync(HandOutAsync(() => Read(arrival)))
        : EndAsync(session, arrival);

    private IReadOnlyList<Scan> Read(MqttArrival arrival)
    {
        if (_topics.TryGetValue(arrival.Message.Topic, out var topic)) return topic.Read(arrival);
        arrival.Acknowledge();
        return [];
    }

    // A broker remembers what was subscribed to before the settings changed while the edge was away.
    private async Task EndAsync(MqttSession session, MqttArrival stray)
    {
        stray.Acknowledge();
        if (!session.IsNews(stray.Message.Topic)) return;
        LogStray(_logger, stray.Message.Topic);
        await AskAsync(() => session.EndAsync([stray.Message.Topic], _closing.Token));
    }

    private async Task FailAsync(string failure)
    {
        _status.Failed();
        if (_keeper.Fail(failure)) LogFailed(_logger, _broker.Host, _broker.Port, Devices, failure);
        await TellAsync(t => t.TellBad(QualityReason.Communication));
    }

    // Waiting for a batch to fill would let through no more messages a second than the broker may have in flight.
    private async Task HurryAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(Hurry, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_session?.IsHeldUp() == true)
                await HandOutAsync(() => [.. _topics.Values.SelectMany(t => t.Urge()).DistinctBy(s => s.Content)]);
        }
    }

    private async Task WatchSilenceAsync()
    {
        var step = _broker.SilentAfter / 10;
        while (!_closing.IsCancellationRequested)
        {
            await Task.Delay(step, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_session is not null) await TellAsync(t => t.TellSilence(step, _broker.SilentAfter));
        }
    }

    private async Task TellAsync(Func<MqttTopic, IReadOnlyList<Scan>> tell)
    {
        foreach (var topic in Volatile.Read(ref _topics).Values) await TellAsync(topic, tell);
    }

    // The settings may have changed while it waited for its turn: of a topic that is gone nothing more may be said.
    private Task TellAsync(MqttTopic topic, Func<MqttTopic, IReadOnlyList<Scan>> tell) =>
        HandOutAsync(() => ReferenceEquals(_topics.GetValueOrDefault(topic.Name), topic) ? tell(topic) : []);

    // A fault that is not the outside world's ends the stream: in a task or handler that nobody awaits it would never be heard of.
    private async Task SurfaceAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception is { } fault) _scans.Complete(fault.InnerException);
    }

    // One at a time: a message that the next connection delivers again must not overtake itself, or it would be acknowledged too early.
    // A full queue holds back whoever comes next; a complete one leaves the message to the broker.
    private async Task HandOutAsync(Func<IReadOnlyList<Scan>> read)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            if (!await _scans.WaitToWriteAsync(_closing.Token)) return;
            foreach (var scan in read())
            {
                if (!await _scans.WriteAsync(scan, _closing.Token)) return;
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
