using System.Buffers;
using System.Runtime.CompilerServices;
using AirIsland.Edge.Drivers.Brokers;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;
using MQTTnet;
using MQTTnet.Exceptions;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// A Sparkplug B host application for the site's devices behind foreign edge nodes: it says that it is there, follows each node from
/// birth to death, and asks for births when it lost the thread.
/// </summary>
public sealed partial class SparkplugDriver : IDriver, IAsyncDisposable
{
    private const int Waiting = 64;

    private readonly ScanQueue _scans = new(Waiting);
    private readonly NodeBook _nodes;
    private readonly BrokerOptions _broker;
    private readonly SparkplugDriverOptions _options;
    private readonly SparkplugReport _report;
    private readonly TimeProvider _time;
    private readonly BrokerKeeper _keeper;
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource _renewed = new();
    private SparkplugSession? _session;
    private Task _connection = Task.CompletedTask;
    private bool _isOverrun;

    public SparkplugDriver(
        BrokerOptions broker, SparkplugDriverOptions options, ISourceMarks marks, TimeProvider time, SparkplugReport report)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(options);
        (_broker, _options, _time, _report) = (broker, options, time, report);
        _keeper = new(broker);
        _nodes = new(options, marks, time, report);
    }

    private string Host => _options.HostId.Length > 0 ? _options.HostId : _broker.ClientId;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Nodes and devices that are the same go on; new ones are asked for their births on the connection that stands.</summary>
    public async Task ApplyAsync(IReadOnlyList<BoundDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        HashSet<string> before, after;
        await _turn.WaitAsync();
        try
        {
            before = _nodes.Groups;
            _nodes.Apply(devices);
            after = _nodes.Groups;
        }
        finally
        {
            _turn.Release();
        }
        await _scans.ConsumedAsync();
        if (after.SetEquals(before)) return;
        if (before.Count == 0 || after.Count == 0 || !await TryListenAsync([.. after.Except(before)], [.. before.Except(after)]))
            await Interlocked.Exchange(ref _renewed, new()).CancelAsync();
    }

    /// <summary>Ends when stopped, having said that the host is gone.</summary>
    public async IAsyncEnumerable<Scan> Read([EnumeratorCancellation] CancellationToken stopping)
    {
        await using var stop = stopping.Register(() =>
        {
            _scans.Complete();
            _closing.Cancel();
        });
        _connection = SurfaceAsync(StayConnectedAsync());
        await foreach (var scan in _scans.ReadAllAsync())
        {
            _report.Status.Scanned(scan);
            yield return scan;
        }
        await _connection;
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
            if (_nodes.Groups.Count == 0)
            {
                await Task.Delay(Timeout.Infinite, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            if (await ConverseAsync(ending.Token) is { } failure) await FailAsync(failure);
            await _keeper.Rest.WaitAsync(_closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Runs one connection to its end. Returns why it failed; null when the driver closed it.</summary>
    private async Task<string?> ConverseAsync(CancellationToken ended)
    {
        using var session = new SparkplugSession(_broker, Host, Now, _report.Counts);
        await HandOutAsync(_nodes.Meet);
        try
        {
            var failure = await _keeper.ConverseAsync(session.Connection, OpenAsync, SayConnected, ended);
            if (failure is null) await session.CloseAsync(Now);
            return failure;
        }
        finally
        {
            _session = null;
        }

        void SayConnected() => LogConnected(_report.Logger, _broker.Host, _broker.Port);

        async Task<Task> OpenAsync(BrokerSecrets secrets)
        {
            await session.OpenAsync(secrets, _nodes.Groups, ended);
            (_session, _isOverrun) = (session, false);
            return ServeAsync(session, ended);
        }
    }

    private async Task ServeAsync(SparkplugSession session, CancellationToken ended)
    {
        await Task.WhenAll(SurfaceAsync(session.ServeAsync(TakeAsync, ended)), SurfaceAsync(TickAsync(session, ended)));
        throw new OperationCanceledException("the connection is over");
    }

    private async Task TickAsync(SparkplugSession session, CancellationToken ended)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ended, session.Connection.Lost);
        using var timer = new PeriodicTimer(_nodes.TickPeriod);
        do await HandOutAsync(_nodes.Tick);
        while (await timer.WaitForNextTickAsync(ending.Token));
    }

    private Task TakeAsync(MqttApplicationMessage? message)
    {
        if (message is null) return HandOutAsync(Miss);
        var topic = SparkplugTopic.Parse(message.Topic);
        if (topic is null || message.Retain || _nodes.Find(topic) is not { } node)
        {
            _report.Counts.WasIgnored();
            return Task.CompletedTask;
        }
        return topic.Verb is SparkplugVerb.NCmd or SparkplugVerb.DCmd ? Task.CompletedTask
            : HandOutAsync(() => Read(node, topic, message.Payload.ToArray()));
    }

    // Births or deaths may be among what was left out: nobody is followed until he is born again.
    private IReadOnlyList<Scan> Miss()
    {
        if (!_isOverrun) LogOverrun(_report.Logger, _broker.Host, _broker.Port);
        _isOverrun = true;
        _report.Status.Failed();
        return _nodes.Meet();
    }

    private IReadOnlyList<Scan> Read(NodeFeed node, SparkplugTopic topic, byte[] bytes)
    {
        var wasFollowed = node.IsFollowed;
        try
        {
            var scans = node.Take(topic, SparkplugPayload.Decode(bytes));
            if (node.IsUnreadable) LogReadable(_report.Logger, topic.Group, topic.Node);
            node.IsUnreadable = false;
            if (wasFollowed && !node.IsFollowed) LogLost(_report.Logger, topic.Group, topic.Node);
            if (!wasFollowed && node.IsFollowed) LogBorn(_report.Logger, topic.Group, topic.Node);
            return scans;
        }
        catch (SparkplugException e)
        {
            _report.Status.Failed();
            _report.Counts.WasUnreadable();
            if (!node.IsUnreadable) LogUnreadable(_report.Logger, topic.Group, topic.Node, topic.Verb.ToString(), e.Message);
            node.IsUnreadable = true;
            node.Miss(topic);
            return [];
        }
    }

    private async Task FailAsync(string failure)
    {
        _report.Status.Failed();
        if (_keeper.Fail(failure)) LogFailed(_report.Logger, _broker.Host, _broker.Port, failure);
        await HandOutAsync(_nodes.Lose);
    }

    // A fault that is not the outside world's ends the stream: in a task or handler that nobody awaits it would never be heard of.
    private async Task SurfaceAsync(Task work)
    {
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.Exception is { } fault) _scans.Complete(fault.InnerException);
    }

    // One at a time: what a message means depends on those before it. A full queue holds back whoever comes next, up to the broker.
    private async Task HandOutAsync(Func<IReadOnlyList<Scan>> read)
    {
        await _turn.WaitAsync(CancellationToken.None);
        try
        {
            foreach (var scan in read())
            {
                if (!await _scans.WriteAsync(scan, _closing.Token)) return;
            }
            await AskAsync();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The driver ends: what was not handed out is stated again by the next birth.
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task AskAsync()
    {
        if (_session is not { Connection.Lost.IsCancellationRequested: false } session) return;
        foreach (var node in _nodes.ToBeAsked())
        {
            LogAsked(_report.Logger, node.Group, node.Node);
            try
            {
                await session.AskForBirthsAsync(node, Now, _closing.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or MqttCommunicationException)
            {
                // The connection is lost, which its owner sees; the next one begins with asking.
                return;
            }
        }
    }

    private async Task<bool> TryListenAsync(IReadOnlyCollection<string> added, IReadOnlyCollection<string> gone)
    {
        if (_session is not { } session) return false;
        try
        {
            if (added.Count > 0) await session.SubscribeAsync(added, _closing.Token);
            await session.UnsubscribeAsync(gone, _closing.Token);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or MqttCommunicationException)
        {
            return false;
        }
    }
}
