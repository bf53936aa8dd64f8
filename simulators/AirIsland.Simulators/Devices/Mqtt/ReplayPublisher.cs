using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// Brings messages to the broker, in order, one at a time with QoS 1. Unlike a meter it loses none while the broker is away: after a
/// thousand that wait, whoever reads the file waits too.
/// </summary>
public sealed partial class ReplayPublisher : IAsyncDisposable
{
    private const int MostWaiting = 1_000;

    // A broker is real, also for a replay on a faster clock: these are seconds of the wall.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Channel<MeterMessage> _messages =
        Channel.CreateBounded<MeterMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _closing = new();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly BrokerOptions _broker;
    private readonly ILogger _logger;
    private readonly MqttClientOptions _options;
    private readonly Task _publishing;
    private bool _away;

    public ReplayPublisher(BrokerOptions broker, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(broker);
        (_broker, _logger) = (broker, logger);
        _options = new MqttClientOptionsBuilder()
            .WithClientId($"replay-{Environment.ProcessId}")
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithTcpServer(broker.Host, broker.Port)
            .WithTimeout(Timeout)
            .Build();
        _publishing = PublishAllAsync(_closing.Token);
    }

    /// <summary>Waits while a thousand others wait.</summary>
    public ValueTask SendAsync(MeterMessage message, CancellationToken cancellationToken) =>
        _messages.Writer.WriteAsync(message, cancellationToken);

    /// <summary>Nothing more comes; done when the broker has it all.</summary>
    public Task CompleteAsync(CancellationToken cancellationToken)
    {
        _messages.Writer.TryComplete();
        return _publishing.WaitAsync(cancellationToken);
    }

    /// <summary>What is still on its way is lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        try
        {
            await _publishing;
        }
        catch (OperationCanceledException)
        {
            // It was on its way.
        }
        _client.Dispose();
        _closing.Dispose();
    }

    private async Task PublishAllAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var message in _messages.Reader.ReadAllAsync(ct))
                while (!await TryPublishAsync(message, ct))
                    await Task.Delay(Pause, ct);
        }
        finally
        {
            // Whatever ended it: nobody must wait for room that will not come.
            _messages.Writer.TryComplete();
        }
    }

    private async Task<bool> TryPublishAsync(MeterMessage message, CancellationToken ct)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
            timeout.CancelAfter(Timeout);
            if (!_client.IsConnected) await _client.ConnectAsync(_options, timeout.Token);
            var result = await _client.PublishAsync(Compose(message), timeout.Token);
            if (!result.IsSuccess) throw new MqttCommunicationException($"the broker refused {message.Topic}: {result.ReasonCode}");
            if (result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers) message.Device.Serve(message.Samples);
        }
        catch (Exception e) when (IsAbsence(e) && !ct.IsCancellationRequested)
        {
            if (!_away) LogAway(_broker.Host, _broker.Port, e.Message);
            _away = true;
            return false;
        }
        if (_away) LogBack(_broker.Host, _broker.Port);
        _away = false;
        return true;
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
