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
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _lost = new();
    private readonly BrokerOptions _broker;
    private readonly string _stateTopic;
    private readonly long _began;
    private volatile bool _isLeaving;

    /// <param name="broker">Where to connect.</param>
    /// <param name="host">Id of the host application.</param>
    /// <param name="now">Of its state, ms since 1970 UTC.</param>
    /// <param name="received">Gets each message, one after the other.</param>
    public SparkplugSession(BrokerOptions broker, string host, long now, Func<MqttApplicationMessage, Task> received)
    {
        (_broker, _stateTopic, _began) = (broker, HostState.Topic(host), now);
        _client.DisconnectedAsync += _ => _lost.CancelAsync();
        _client.ApplicationMessageReceivedAsync += e =>
            e.ApplicationMessage.Topic == _stateTopic ? InsistAsync(e.ApplicationMessage) : received(e.ApplicationMessage);
    }

    /// <summary>Cancelled when the connection is lost.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Connects, subscribes, and says that the host is there: in this order.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or connected and lost at once.</exception>
    public async Task OpenAsync(BrokerSecrets secrets, IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        await BrokerConnect.OpenAsync(_client, Options(secrets), secrets, cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _lost.Token);
        await SubscribeAsync(groups, ending.Token);
        await PublishAsync(State(true, _began), ending.Token);
    }

    /// <summary>Listens to these groups, too.</summary>
    /// <exception cref="MqttCommunicationException">The broker refused, or cannot be reached.</exception>
    public async Task SubscribeAsync(IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        var wanted = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(_stateTopic, MqttQualityOfServiceLevel.AtLeastOnce);
        // Not what we ask nodes for ourselves; and nothing here is ever retained.
        foreach (var group in groups)
            wanted.WithTopicFilter(
                SparkplugTopic.Filter(group), MqttQualityOfServiceLevel.AtLeastOnce, true, false, MqttRetainHandling.DoNotSendOnSubscribe);
        var subscribed = await _client.SubscribeAsync(wanted.Build(), cancellationToken);
        if (subscribed.Items.FirstOrDefault(i => i.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            throw new MqttCommunicationException($"the broker refused topic {refused.TopicFilter.Topic}: {refused.ResultCode}");
    }

    public async Task UnsubscribeAsync(IReadOnlyCollection<string> groups, CancellationToken cancellationToken)
    {
        var unwanted = new MqttClientUnsubscribeOptionsBuilder();
        foreach (var group in groups) unwanted.WithTopicFilter(SparkplugTopic.Filter(group));
        if (groups.Count > 0) await _client.UnsubscribeAsync(unwanted.Build(), cancellationToken);
    }

    /// <summary>Asks a node for its births.</summary>
    public Task AskForBirthsAsync(NodeFeed node, long now, CancellationToken cancellationToken) => PublishAsync(
        new MqttApplicationMessageBuilder()
            .WithTopic(new SparkplugTopic(node.Group, SparkplugVerb.NCmd, node.Node).ToString())
            .WithPayload(SparkplugPayload.RebirthRequest((ulong)now).Encode())
            .Build(),
        cancellationToken);

    /// <summary>Says that the host is gone, as its will would, and disconnects.</summary>
    public async Task CloseAsync(long now)
    {
        _isLeaving = true;
        using var deadline = new CancellationTokenSource(_broker.Timeout);
        var said = _client.IsConnected ? _client.PublishAsync(State(false, now), deadline.Token) : Task.CompletedTask;
        // If it cannot be said the connection is lost, and the will says it.
        await said.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);
    }

    public void Dispose()
    {
        _client.Dispose();
        _lost.Dispose();
    }

    // The will of an earlier connection may come after this one began: nodes would wait for a host that is there.
    private async Task InsistAsync(MqttApplicationMessage message)
    {
        var bytes = Encoding.UTF8.GetBytes(message.ConvertPayloadToString() ?? "");
        if (_isLeaving || message.Retain || HostState.Parse(bytes) is not { IsOnline: false }) return;
        await _client.PublishAsync(State(true, _began), _lost.Token);
    }

    private async Task PublishAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await _client.PublishAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is MqttClientNotConnectedException or InvalidOperationException)
        {
            throw new OperationCanceledException("the connection was lost while publishing", e);
        }
    }

    private MqttApplicationMessage State(bool isOnline, long now) => new MqttApplicationMessageBuilder()
        .WithTopic(_stateTopic)
        .WithPayload(new HostState(isOnline, now).Encode())
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag()
        .Build();

    private MqttClientOptions Options(BrokerSecrets secrets) => BrokerConnect.Options(_broker, secrets)
        .WithProtocolVersion(MqttProtocolVersion.V500)
        // The plain MQTT driver has a session of its own at the same broker.
        .WithClientId($"{_broker.ClientId}-host")
        .WithCleanStart()
        .WithSessionExpiryInterval(0)
        .WithMaximumPacketSize(BrokerConnect.MaxPacket)
        .WithWillTopic(_stateTopic)
        .WithWillPayload(new HostState(false, _began).Encode())
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillRetain()
        .Build();
}
