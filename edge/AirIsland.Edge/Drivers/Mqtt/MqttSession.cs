using System.Threading.Channels;
using AirIsland.Edge.Drivers.Brokers;
using AirIsland.Edge.Metering;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Drivers.Mqtt;

/// <summary>
/// One connection to the broker. Acknowledgements belong to it: those of an older connection would name messages that the broker has
/// numbered anew.
/// </summary>
internal sealed class MqttSession : IDisposable
{
    // What is not to be acknowledged has no bound of the broker's.
    private const int MostWaiting = 256;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _lost = new();
    private readonly Channel<MqttArrival> _arrived = Channel.CreateUnbounded<MqttArrival>(new() { SingleReader = true });
    // Bounded by the messages that the broker may leave unacknowledged.
    private readonly Channel<MqttApplicationMessageReceivedEventArgs> _durable =
        Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _strays = new(StringComparer.Ordinal);
    private readonly BrokerOptions _broker;
    private readonly TimeProvider _time;
    private readonly Action _gaveUp;
    private readonly MqttFlow _flow = new();
    private int _waiting, _unacknowledged;

    /// <param name="broker">Where to connect.</param>
    /// <param name="time">Tells when a message arrived.</param>
    /// <param name="surface">Told of what is done behind the library's back, which would swallow a fault.</param>
    /// <param name="gaveUp">Called for each message that was given up because too many waited.</param>
    public MqttSession(BrokerOptions broker, TimeProvider time, Func<Task, Task> surface, Action gaveUp)
    {
        (_broker, _time, _gaveUp) = (broker, time, gaveUp);
        _client.DisconnectedAsync += _ => _lost.CancelAsync();
        _client.ApplicationMessageReceivedAsync += e => surface(TakeAsync(e));
    }

    /// <summary>Why the connection was given up here; null when it was not.</summary>
    public string? Failure { get; private set; }

    /// <summary>Connects.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task OpenAsync(BrokerSecrets secrets, CancellationToken cancellationToken) =>
        BrokerConnect.OpenAsync(_client, Kept(BrokerConnect.Options(_broker, secrets)).Build(), secrets, cancellationToken);

    /// <summary>
    /// Subscribes to what it is not subscribed to, whatever the broker remembers, and ends what nobody wants. Returns the topics that the
    /// broker refused, and why.
    /// </summary>
    /// <exception cref="MqttCommunicationException">The broker does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public async Task<IReadOnlyList<(MqttTopic Topic, string Reason)>> ReconcileAsync(
        IReadOnlyDictionary<string, MqttTopic> topics, CancellationToken cancellationToken)
    {
        await EndAsync(_topics.Where(t => !topics.ContainsKey(t)), cancellationToken);
        var wanted = new MqttClientSubscribeOptionsBuilder();
        var news = topics.Values.Where(t => !_topics.Contains(t.Name)).ToList();
        if (news.Count == 0) return [];
        foreach (var topic in news) wanted.WithTopicFilter(topic.Name, topic.Service, false, false, MqttRetainHandling.SendAtSubscribe);
        var result = await InTimeAsync(
            c => _client.SubscribeAsync(wanted.Build(), c), "confirm the subscriptions", cancellationToken);
        var refused = result.Items.Where(i => i.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            .ToDictionary(i => i.TopicFilter.Topic, i => $"{i.ResultCode}");
        _topics.UnionWith(news.Select(t => t.Name).Where(t => !refused.ContainsKey(t)));
        return [.. refused.Select(r => (topics[r.Key], r.Value))];
    }

    /// <summary>Ends subscriptions, also such as only the broker remembers. Returns them.</summary>
    /// <exception cref="MqttCommunicationException">The broker does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public async Task<IReadOnlyList<string>> EndAsync(IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var gone = topics.ToList();
        if (gone.Count == 0) return gone;
        var unwanted = new MqttClientUnsubscribeOptionsBuilder();
        foreach (var topic in gone) unwanted.WithTopicFilter(topic);
        await InTimeAsync(
            c => _client.UnsubscribeAsync(unwanted.Build(), c), "confirm the end of subscriptions", cancellationToken);
        _topics.ExceptWith(gone);
        return gone;
    }

    /// <summary>
    /// Hands messages over, one after the other, and acknowledges what is durable, in order, until the connection is lost or
    /// <paramref name="cancellationToken"/> closes it.
    /// </summary>
    public async Task ServeAsync(Func<MqttArrival, Task> received, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token, cancellationToken);
        var acknowledging = AcknowledgeAsync(ending.Token);
        try
        {
            await foreach (var arrival in _arrived.Reader.ReadAllAsync(ending.Token))
            {
                await received(arrival);
                if (arrival.Message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) Interlocked.Decrement(ref _waiting);
            }
        }
        finally
        {
            await acknowledging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Whether the broker holds messages back until others are acknowledged. To be asked again and again.</summary>
    public bool IsHeldUp() => _flow.IsHeldUp(Volatile.Read(ref _unacknowledged));

    /// <summary>Gives the connection up: whoever serves hears that it was lost.</summary>
    public Task AbandonAsync(string failure)
    {
        Failure = failure;
        return _lost.CancelAsync();
    }

    /// <summary>True for a topic the first time.</summary>
    public bool IsNews(string stray) => _strays.Add(stray);

    /// <summary>Says good-bye; the broker keeps the session.</summary>
    public Task CloseAsync() => _client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);

    public void Dispose()
    {
        _client.Dispose();
        _lost.Dispose();
    }

    // Never waits: what comes meanwhile would pile up in the library, where nothing bounds it.
    private async Task TakeAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        e.AutoAcknowledge = false;
        var isToBeAcknowledged = e.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        if (!isToBeAcknowledged && Volatile.Read(ref _waiting) >= MostWaiting) _gaveUp();
        else if (isToBeAcknowledged && Interlocked.Increment(ref _unacknowledged) > RecentInstants.Capacity) await OverrunAsync();
        else
        {
            if (isToBeAcknowledged) _flow.Arrived();
            else Interlocked.Increment(ref _waiting);
            _arrived.Writer.TryWrite(new(e.ApplicationMessage, _time.GetUtcNow().ToUnixTimeMilliseconds(), Acknowledge));
        }

        void Acknowledge()
        {
            if (isToBeAcknowledged) _durable.Writer.TryWrite(e);
        }
    }

    // What is in flight must be known when it comes again. MQTT 5 brokers are told so; for others it is a setting.
    private Task OverrunAsync() => AbandonAsync($"the broker sent more than {RecentInstants.Capacity} messages without acknowledgement");

    private async Task AcknowledgeAsync(CancellationToken ending)
    {
        try
        {
            await foreach (var message in _durable.Reader.ReadAllAsync(ending))
            {
                await message.AcknowledgeAsync(ending);
                _flow.Acknowledged();
                Interlocked.Decrement(ref _unacknowledged);
            }
        }
        catch (MqttCommunicationException)
        {
            await _lost.CancelAsync();
        }
    }

    // The broker keeps the session while the edge is away.
    private MqttClientOptionsBuilder Kept(MqttClientOptionsBuilder options) => _broker.Version == BrokerVersion.Mqtt311
        ? options.WithProtocolVersion(MqttProtocolVersion.V311).WithCleanSession(false)
        : options.WithProtocolVersion(MqttProtocolVersion.V500).WithCleanStart(false)
            .WithSessionExpiryInterval((uint)_broker.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum((ushort)_broker.MaxInFlight)
            .WithMaximumPacketSize(BrokerConnect.MaxPacket);

    // The library knows no timeout where it is given a way to cancel.
    private async Task<T> InTimeAsync<T>(
        Func<CancellationToken, Task<T>> ask, string what, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
        limit.CancelAfter(_broker.Timeout);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested || !_client.IsConnected)
        {
            throw new OperationCanceledException("the connection was closed or lost meanwhile", e);
        }
        catch (Exception e) when (limit.IsCancellationRequested && e is OperationCanceledException or MqttCommunicationException)
        {
            throw new MqttCommunicationException($"the broker did not {what} within {_broker.Timeout}");
        }
    }
}
