using System.Buffers;
using AirIsland.Edge.Drivers.Brokers;
using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Sparkplug;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Edge.Northbound;

/// <summary>
/// One connection of the edge node: a clean session whose will is the node's death. Hears requests for births and the state of the
/// primary host.
/// </summary>
internal sealed class NodeLink : IDisposable
{
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly BrokerOptions _broker;
    private readonly string _commands;
    private readonly string? _state;
    private HostState? _host;
    private int _wantsBirth;

    /// <param name="broker">Where to connect.</param>
    /// <param name="commands">Topic of the node's commands.</param>
    /// <param name="primaryHost">Host application that is awaited; null for none.</param>
    public NodeLink(BrokerOptions broker, SparkplugTopic commands, string? primaryHost)
    {
        (_broker, _commands, _state) = (broker, commands.ToString(), primaryHost is null ? null : HostState.Topic(primaryHost));
        Connection = new(broker, e =>
        {
            Hear(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        });
    }

    public BrokerConnection Connection { get; }

    /// <summary>Whether the primary host is there; always, when none is awaited.</summary>
    public bool IsHeard => _state is null || Volatile.Read(ref _host) is { IsOnline: true };

    /// <summary>Connects and subscribes.</summary>
    /// <exception cref="MqttCommunicationException">The broker cannot be reached, does not answer, or refused; says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or connected and lost at once.</exception>
    public async Task OpenAsync(BrokerSecrets secrets, SparkplugMessage death, CancellationToken cancellationToken)
    {
        await Connection.OpenAsync(Options(secrets, death), secrets, cancellationToken);
        var wanted = new MqttClientSubscribeOptionsBuilder().WithTopicFilter(_commands, MqttQualityOfServiceLevel.AtLeastOnce);
        if (_state is not null) wanted.WithTopicFilter(_state, MqttQualityOfServiceLevel.AtLeastOnce);
        foreach (var (topic, reason) in await Connection.SubscribeAsync(wanted, cancellationToken))
            throw new MqttCommunicationException($"the broker refused topic {topic}: {reason}");
    }

    /// <summary>Completes when there may be something to do: <see cref="Wake"/> was called, a command or a state came.</summary>
    public Task NewsAsync(CancellationToken cancellationToken) => _news.WaitAsync(cancellationToken);

    public void Wake()
    {
        try
        {
            if (_news.CurrentCount == 0) _news.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it.
        }
    }

    /// <summary>Births are due: the site changed, or a host asked.</summary>
    public void WantBirth()
    {
        Interlocked.Exchange(ref _wantsBirth, 1);
        Wake();
    }

    /// <summary>Whether births were wanted since the last call.</summary>
    public bool TakeWish() => Interlocked.Exchange(ref _wantsBirth, 0) == 1;

    /// <summary>Sends at QoS 0, not retained, as the specification wants it.</summary>
    /// <exception cref="MqttCommunicationException">The connection failed.</exception>
    /// <exception cref="OperationCanceledException">The connection was lost.</exception>
    public Task SendAsync(SparkplugMessage message) => PublishAsync(message, MqttQualityOfServiceLevel.AtMostOnce);

    /// <summary>Says the death itself, which the will would say otherwise, and disconnects.</summary>
    public async Task CloseAsync(SparkplugMessage death)
    {
        // If it cannot be said the connection is lost, and the will says it.
        await PublishAsync(death, MqttQualityOfServiceLevel.AtLeastOnce).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Connection.CloseAsync();
    }

    // The semaphore is not disposed: it holds nothing, and who wakes it may be late.
    public void Dispose() => Connection.Dispose();

    private void Hear(string topic, byte[] payload)
    {
        if (topic == _state)
        {
            // Of two states the later one counts: a will that comes late must not undo a birth.
            if (HostState.Parse(payload) is { } state && (_host is null || state.Timestamp >= _host.Timestamp))
                Volatile.Write(ref _host, state);
            Wake();
        }
        else if (topic == _commands && AsksForBirth(payload))
        {
            WantBirth();
        }
    }

    private static bool AsksForBirth(byte[] payload)
    {
        try
        {
            return SparkplugPayload.Decode(payload).AsksForRebirth;
        }
        catch (SparkplugException)
        {
            // Whoever sent it: there is no other command, and nothing to answer.
            return false;
        }
    }

    private Task PublishAsync(SparkplugMessage message, MqttQualityOfServiceLevel quality) => Connection.PublishAsync(
        new MqttApplicationMessageBuilder()
            .WithTopic(message.Topic.ToString()).WithPayload(message.Payload).WithQualityOfServiceLevel(quality).Build(),
        CancellationToken.None);

    private MqttClientOptionsBuilder Options(BrokerSecrets secrets, SparkplugMessage death) => BrokerConnect.Options(_broker, secrets)
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithCleanStart()
        .WithSessionExpiryInterval(0)
        .WithMaximumPacketSize(BrokerConnect.MaxPacket)
        .WithWillTopic(death.Topic.ToString())
        .WithWillPayload(death.Payload)
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
}
