using System.Threading.Channels;
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
    // Bounds the memory that a message can take. Far above what a meter sends: for each message that mosquitto keeps to itself because of
    // this limit, it forgets one place of those that may be in flight, until nothing comes any more.
    private const uint MaxPacket = 16 << 20;

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly CancellationTokenSource _lost = new();
    // Bounded by the messages that the broker may leave unacknowledged.
    private readonly Channel<MqttApplicationMessageReceivedEventArgs> _durable =
        Channel.CreateUnbounded<MqttApplicationMessageReceivedEventArgs>();
    private readonly BrokerOptions _broker;

    /// <param name="broker">Where to connect.</param>
    /// <param name="received">Gets each message, one after the other, and what to call when it is durable.</param>
    public MqttSession(BrokerOptions broker, Func<MqttApplicationMessage, Action, Task> received)
    {
        _broker = broker;
        _client.DisconnectedAsync += _ => _lost.CancelAsync();
        _client.ApplicationMessageReceivedAsync += e =>
        {
            e.AutoAcknowledge = false;
            return received(e.ApplicationMessage, () => _durable.Writer.TryWrite(e));
        };
    }

    /// <summary>Connects and subscribes, whatever the broker remembers.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, or refused.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or connected and lost at once.</exception>
    public async Task OpenAsync(IEnumerable<string> topics, CancellationToken cancellationToken)
    {
        var connected = await _client.ConnectAsync(Options(), cancellationToken);
        if (connected.ResultCode != MqttClientConnectResultCode.Success)
            throw new MqttCommunicationException($"the broker refused the connection: {connected.ResultCode} {connected.ReasonString}");
        var wanted = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in topics)
            wanted.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce, false, false, MqttRetainHandling.SendAtSubscribe);
        var subscribed = await SubscribeAsync(wanted.Build(), cancellationToken);
        if (subscribed.Items.FirstOrDefault(i => i.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            throw new MqttCommunicationException($"the broker refused topic {refused.TopicFilter.Topic}: {refused.ResultCode}");
    }

    /// <summary>
    /// Acknowledges what is durable, in order, until the connection is lost or <paramref name="cancellationToken"/> closes it.
    /// </summary>
    public async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(_lost.Token, cancellationToken);
        await foreach (var message in _durable.Reader.ReadAllAsync(ending.Token)) await message.AcknowledgeAsync(ending.Token);
    }

    /// <summary>Says good-bye; the broker keeps the session.</summary>
    public Task CloseAsync() => _client.TryDisconnectAsync(MqttClientDisconnectOptionsReason.NormalDisconnection, null);

    public void Dispose()
    {
        _client.Dispose();
        _lost.Dispose();
    }

    private async Task<MqttClientSubscribeResult> SubscribeAsync(MqttClientSubscribeOptions wanted, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.SubscribeAsync(wanted, cancellationToken);
        }
        catch (MqttCommunicationException e) when (!_client.IsConnected)
        {
            throw new OperationCanceledException("the connection was lost while subscribing", e);
        }
    }

    private MqttClientOptions Options() => new MqttClientOptionsBuilder()
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithTcpServer(_broker.Host, _broker.Port)
        .WithClientId(_broker.ClientId)
        .WithCleanStart(false)
        .WithSessionExpiryInterval((uint)_broker.SessionExpiry.TotalSeconds)
        .WithReceiveMaximum((ushort)_broker.MaxInFlight)
        .WithMaximumPacketSize(MaxPacket)
        .WithTimeout(_broker.Timeout)
        .Build();
}
