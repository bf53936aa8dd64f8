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
    /// <param name="gaveUp">Called for each message that was given up: too many waited, or the connection was lost before its turn.</param>
    public MqttSession(BrokerOptions broker, TimeProvider time, Func<Task, Task> surface, Action gaveUp)
    {
        (_broker, _time, _gaveUp) = (broker, time, gaveUp);
        Connection = new(broker, e => surface(TakeAsync(e)));
    }

    public BrokerConnection Connection { get; }

    /// <summary>Connects.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task OpenAsync(BrokerSecrets secrets, CancellationToken cancellationToken) =>
        Connection.OpenAsync(Kept(BrokerConnect.Options(_broker, secrets)), secrets, cancellationToken);

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
        var refused = await Connection.SubscribeAsync(wanted, cancellationToken);
        _topics.UnionWith(news.Select(t => t.Name).Except(refused.Select(r => r.Topic)));
        return [.. refused.Select(r => (topics[r.Topic], r.Reason))];
    }

    /// <summary>Ends subscriptions, also such as only the broker remembers.</summary>
    /// <exception cref="MqttCommunicationException">The broker does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public async Task EndAsync(IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var gone = topics.ToList();
        await Connection.UnsubscribeAsync(gone, cancellationToken);
        _topics.ExceptWith(gone);
    }

    /// <summary>
    /// Hands messages over, one after the other, and acknowledges what is durable, in order, until the connection is lost or
    /// <paramref name="cancellationToken"/> closes it.
    /// </summary>
    public async Task ServeAsync(Func<MqttArrival, Task> received, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Connection.Lost, cancellationToken);
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
            // What is to be acknowledged comes again.
            while (_arrived.Reader.TryRead(out var left))
            {
                if (left.Message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) _gaveUp();
            }
        }
    }

    /// <summary>Whether the broker holds messages back until others are acknowledged. To be asked again and again.</summary>
    public bool IsHeldUp() => _flow.IsHeldUp(Volatile.Read(ref _unacknowledged));

    /// <summary>True for a topic the first time.</summary>
    public bool IsNews(string stray) => _strays.Add(stray);

    public void Dispose() => Connection.Dispose();

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
    private Task OverrunAsync() =>
        Connection.AbandonAsync($"the broker sent more than {RecentInstants.Capacity} messages without acknowledgement");

    private async Task AcknowledgeAsync(CancellationToken ending)
    {
        await foreach (var message in _durable.Reader.ReadAllAsync(ending))
        {
            await Connection.AcknowledgeAsync(message, ending);
            _flow.Acknowledged();
            Interlocked.Decrement(ref _unacknowledged);
        }
    }

    // The broker keeps the session while the edge is away.
    private MqttClientOptionsBuilder Kept(MqttClientOptionsBuilder options) => _broker.Version == BrokerVersion.Mqtt311
        ? options.WithProtocolVersion(MqttProtocolVersion.V311).WithCleanSession(false)
        : options.WithProtocolVersion(MqttProtocolVersion.V500).WithCleanStart(false)
            .WithSessionExpiryInterval((uint)_broker.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum((ushort)_broker.MaxInFlight)
            .WithMaximumPacketSize(BrokerConnect.MaxPacket);
}
