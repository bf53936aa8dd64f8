using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// The way to a broker that may be away: one message at a time with QoS 1, again and again until the broker has acknowledged it, so that
/// order holds across an absence.
/// </summary>
/// <param name="name">How its name at the broker begins; the rest is by lot, so that several processes can share one.</param>
/// <param name="broker">Where it is.</param>
/// <param name="logger">Told once when the broker is away, and when it is back.</param>
internal sealed partial class BrokerLink(string name, BrokerOptions broker, ILogger logger) : IDisposable
{
    // A broker is real, also for a plant on a faster clock: these are seconds of the wall.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _options = new MqttClientOptionsBuilder()
        .WithClientId($"{name}-{Guid.NewGuid():N}")
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithTcpServer(broker.Host, broker.Port)
        .WithTimeout(Timeout)
        .Build();

    private bool _away;

    public void Dispose() => _client.Dispose();

    /// <summary>Ends when the broker took the message; false: nobody had subscribed to it.</summary>
    public async Task<bool> PublishAsync(MeterMessage message, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await TryPublishAsync(message, cancellationToken) is { } heard) return heard;
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<bool?> TryPublishAsync(MeterMessage message, CancellationToken ct)
    {
        bool heard;
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(Timeout);
            if (!_client.IsConnected) await _client.ConnectAsync(_options, timeout.Token);
            var result = await _client.PublishAsync(Compose(message), timeout.Token);
            if (!result.IsSuccess) throw new MqttCommunicationException($"the broker refused {message.Topic}: {result.ReasonCode}");
            heard = result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers;
        }
        catch (Exception e) when (IsAbsence(e) && !ct.IsCancellationRequested)
        {
            if (!_away) LogAway(logger, broker.Host, broker.Port, name, e.Message);
            _away = true;
            return null;
        }
        if (_away) LogBack(logger, broker.Host, broker.Port, name);
        _away = false;
        return heard;
    }

    private static MqttApplicationMessage Compose(MeterMessage message) => new MqttApplicationMessageBuilder()
        .WithTopic(message.Topic)
        .WithPayload(message.Payload)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();

    // The client's word for a connection that is still being taken down is InvalidOperationException.
    private static bool IsAbsence(Exception e) =>
        e is MqttCommunicationException or MqttClientNotConnectedException or SocketException or IOException or OperationCanceledException
            or InvalidOperationException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "The broker at {Host}:{Port} was lost; the {Name} wait for it. {Reason}")]
    private static partial void LogAway(ILogger logger, string host, int port, string name, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "The broker at {Host}:{Port} was back; the {Name} went on")]
    private static partial void LogBack(ILogger logger, string host, int port, string name);
}
