using System.Text;
using AirIsland.Edge.Drivers.Brokers;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Drivers.Sparkplug;

/// <summary>
/// One connection of the host application to the broker: a clean session with a will, which says on the topic of its state that it is
/// gone. What it hears is handed on message by message.
/// </summary>
internal sealed class SparkplugSession : IDisposable
{
    private readonly MessageInbox _inbox;
    private readonly BrokerOptions _broker;
    private readonly string _stateTopic;
    private readonly long _began;

    /// <param name="broker">Where to connect.</param>
    /// <param name="host">Id of the host application.</param>
    /// <param name="now">Of its state, ms since 1970 UTC.</param>
    /// <param name="counts">Told of messages that were left out.</param>
    public SparkplugSession(BrokerOptions broker, string host, long now, SparkplugCounts counts)
    {
        (_broker, _stateTopic, _began, _inbox) = (broker, HostState.Topic(host), now, new(counts));
        Connection = new(broker, e =>
        {
            _inbox.Add(e.ApplicationMessage);
            return Task.CompletedTask;
        });
    }

    public BrokerConnection Connection { get; }

    /// <summary>Connects, subscribes, and says that the host is there: in this order.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or connected and lost at once.</exception>
    public async Task OpenAsync(BrokerSecrets secrets, IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        await Connection.OpenAsync(Options(secrets), secrets, cancellationToken);
        await SubscribeAsync(groups, cancellationToken);
        await Connection.PublishAsync(State(true, _began), cancellationToken);
    }

    /// <summary>
    /// Hands over what was heard, one message after the other, and null where some were left out because too many waited. Ends when the
    /// connection is lost or <paramref name="ended"/>, and all that had come was handed over.
    /// </summary>
    public async Task ServeAsync(Func<MqttApplicationMessage?, Task> received, CancellationToken ended)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ended, Connection.Lost);
        await using var end = ending.Token.Register(_inbox.Complete);
        await foreach (var message in _inbox.ReadAllAsync())
        {
            // The will of an earlier connection may come after this one began: nodes would wait for a host that is there.
            if ((message is null || IsSaidToBeGone(message)) && !ending.IsCancellationRequested) await InsistAsync(ending.Token);
            if (message?.Topic != _stateTopic) await received(message);
        }
    }

    /// <summary>Listens to these groups, too.</summary>
    /// <exception cref="MqttCommunicationException">The broker refused, or does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public async Task SubscribeAsync(IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        var wanted = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(_stateTopic, MqttQualityOfServiceLevel.AtLeastOnce);
        // Not what we ask nodes for ourselves; and nothing here is ever retained.
        foreach (var group in groups)
            wanted.WithTopicFilter(
                SparkplugTopic.Filter(group), MqttQualityOfServiceLevel.AtLeastOnce, true, false, MqttRetainHandling.DoNotSendOnSubscribe);
        foreach (var (topic, reason) in await Connection.SubscribeAsync(wanted, cancellationToken))
            throw new MqttCommunicationException($"the broker refused topic {topic}: {reason}");
    }

    /// <exception cref="MqttCommunicationException">The broker does not answer.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public Task UnsubscribeAsync(IReadOnlyCollection<string> groups, CancellationToken cancellationToken) =>
        Connection.UnsubscribeAsync([.. groups.Select(SparkplugTopic.Filter)], cancellationToken);

    /// <summary>Asks a node for its births.</summary>
    /// <exception cref="MqttCommunicationException">The broker does not take it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or the connection was lost.</exception>
    public Task AskForBirthsAsync(NodeFeed node, long now, CancellationToken cancellationToken) => Connection.PublishAsync(
        new MqttApplicationMessageBuilder()
            .WithTopic(new SparkplugTopic(node.Group, SparkplugVerb.NCmd, node.Node).ToString())
            .WithPayload(SparkplugPayload.RebirthRequest((ulong)now).Encode())
            .Build(),
        cancellationToken);

    /// <summary>Says that the host is gone, as its will would, and disconnects.</summary>
    public async Task CloseAsync(long now)
    {
        // If it cannot be said the connection is lost, and the will says it.
        await Connection.PublishAsync(State(false, now), CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Connection.CloseAsync();
    }

    public void Dispose() => Connection.Dispose();

    private bool IsSaidToBeGone(MqttApplicationMessage message) => message.Topic == _stateTopic && !message.Retain
        && HostState.Parse(Encoding.UTF8.GetBytes(message.ConvertPayloadToString() ?? "")) is { IsOnline: false };

    private async Task InsistAsync(CancellationToken ending)
    {
        try
        {
            await Connection.PublishAsync(State(true, _began), ending);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttCommunicationException)
        {
            // The connection is over: the next one says it.
        }
    }

    private MqttApplicationMessage State(bool isOnline, long now) => new MqttApplicationMessageBuilder()
        .WithTopic(_stateTopic)
        .WithPayload(new HostState(isOnline, now).Encode())
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag()
        .Build();

    private MqttClientOptionsBuilder Options(BrokerSecrets secrets) => BrokerConnect.Options(_broker, secrets)
        .WithProtocolVersion(MqttProtocolVersion.V500)
        // The plain MQTT driver has a session of its own at the same broker.
        .WithClientId($"{_broker.ClientId}-host")
        .WithCleanStart()
        .WithSessionExpiryInterval(0)
        .WithMaximumPacketSize(BrokerConnect.MaxPacket)
        .WithWillTopic(_stateTopic)
        .WithWillPayload(new HostState(false, _began).Encode())
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillRetain();
}
