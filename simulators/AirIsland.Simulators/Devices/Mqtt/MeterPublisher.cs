using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// Brings the outbox to the broker, one message at a time with QoS 1: the next goes out when the broker has acknowledged the one before,
/// so order holds across an absence of the broker. A sample counts as served when the broker took it for at least one subscriber.
/// </summary>
public sealed partial class MeterPublisher(MeterOutbox outbox, BrokerOptions options, ILogger<MeterPublisher> logger) : BackgroundService
{
    // A broker is real, also for a plant on a faster clock: these are seconds of the wall.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _clientOptions = new MqttClientOptionsBuilder()
        .WithClientId("moushan-meters")
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithTcpServer(options.Host, options.Port)
        .WithTimeout(Timeout)
        .Build();

    private bool _away;

    /// <summary>Messages that the broker took although nobody subscribed.</summary>
    public long Unheard { get; private set; }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var message in outbox.Messages.ReadAllAsync(stoppingToken))
                while (!await TryPublishAsync(message, stoppingToken))
                    await Task.Delay(Pause, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left dies with the meters.
        }
    }

    private async Task<bool> TryPublishAsync(MeterMessage message, CancellationToken ct)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(Timeout);
            if (!_client.IsConnected) await _client.ConnectAsync(_clientOptions, timeout.Token);
            var result = await _client.PublishAsync(Compose(message), timeout.Token);
            if (!result.IsSuccess) throw new MqttCommunicationException($"the broker refused {message.Topic}: {result.ReasonCode}");
            Count(message, result.ReasonCode);
        }
        catch (Exception e) when (IsAbsence(e) && !ct.IsCancellationRequested)
        {
            if (!_away) LogAway(options.Host, options.Port, e.Message);
            _away = true;
            return false;
        }
        if (_away) LogBack(options.Host, options.Port);
        _away = false;
        return true;
    }

    private void Count(MeterMessage message, MqttClientPublishReasonCode reason)
    {
        if (reason != MqttClientPublishReasonCode.NoMatchingSubscribers)
        {
            message.Arrive();
            return;
        }
        Unheard++;
        message.Fail();
    }

    private static MqttApplicationMessage Compose(MeterMessage message) => new MqttApplicationMessageBuilder()
        .WithTopic(message.Topic)
        .WithPayload(message.Payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    private static bool IsAbsence(Exception e) =>
        e is MqttCommunicationException or MqttClientNotConnectedException or SocketException or IOException or OperationCanceledException
            or ObjectDisposedException;
}
