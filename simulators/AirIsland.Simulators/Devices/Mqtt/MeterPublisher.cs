using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Devices.Mqtt;

/// <summary>
/// Brings the outbox to the broker, in order, also across an absence of the broker. A sample counts as served when the broker took it
/// for at least one subscriber.
/// </summary>
public sealed class MeterPublisher(MeterOutbox outbox, BrokerOptions options, ILogger<MeterPublisher> logger) : BackgroundService
{
    /// <summary>Messages that the broker took although nobody subscribed.</summary>
    public long Unheard { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var link = new BrokerLink("meters", options, logger);
        try
        {
            await foreach (var message in outbox.Messages.ReadAllAsync(stoppingToken))
                Count(message, await link.PublishAsync(message, stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops; what is left dies with the meters.
        }
    }

    private void Count(MeterMessage message, bool heard)
    {
        if (heard)
        {
            message.Arrive();
            return;
        }
        Unheard++;
        message.Fail();
    }
}
