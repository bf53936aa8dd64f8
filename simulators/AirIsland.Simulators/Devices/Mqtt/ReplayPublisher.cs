using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// Brings messages to the broker, in order, one at a time with QoS 1. Unlike a meter it loses none while the broker is away: after a
/// thousand that wait, whoever reads the file waits too.
/// </summary>
public sealed class ReplayPublisher : IAsyncDisposable
{
    private const int MostWaiting = 1_000;

    private readonly Channel<MeterMessage> _messages =
        Channel.CreateBounded<MeterMessage>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _closing = new();
    private readonly BrokerOptions _broker;
    private readonly ILogger _logger;
    private readonly Task _publishing;

    public ReplayPublisher(BrokerOptions broker, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(broker);
        (_broker, _logger) = (broker, logger);
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
        _closing.Dispose();
    }

    private async Task PublishAllAsync(CancellationToken ct)
    {
        using var link = new BrokerLink("replayed-rows", _broker, _logger);
        try
        {
            await foreach (var message in _messages.Reader.ReadAllAsync(ct))
                if (await link.PublishAsync(message, ct))
                    message.Device.Serve(message.Samples);
        }
        finally
        {
            // Whatever ended it: nobody must wait for room that will not come.
            _messages.Writer.TryComplete();
        }
    }
}
