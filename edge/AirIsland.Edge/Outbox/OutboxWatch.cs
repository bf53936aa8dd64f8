using AirIsland.Edge.Metering;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Raises an alarm when nothing is acknowledged for <see cref="OutboxOptions.StalledAfter"/> although the link is up and something waits:
/// an outbox that silently stopped draining looks well until it is full.
/// </summary>
public sealed partial class OutboxWatch(
    OutboxStore outbox, OutboxOptions options, EdgeStatus status, TimeProvider time, ILogger<OutboxWatch> logger) : BackgroundService
{
    private (ulong Epoch, long Live, long Backfill) _cursor;
    private long _since = time.GetTimestamp();

    /// <summary>Looks once.</summary>
    public void Look()
    {
        var state = outbox.State;
        var cursor = (state.Epoch, state.Live.Acknowledged, state.Backfill.Acknowledged);
        if (cursor != _cursor || state.Pending == 0 || !outbox.Link.IsUp)
        {
            (_cursor, _since) = (cursor, time.GetTimestamp());
            if (status.IsStalled) LogDrained(logger, state.Pending);
            status.IsStalled = false;
            return;
        }
        var idle = time.GetElapsedTime(_since);
        if (status.IsStalled || idle < options.StalledAfter) return;
        status.IsStalled = true;
        LogStalled(logger, state.Pending, idle.TotalSeconds);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.StalledAfter / 10, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) Look();
        }
        catch (OperationCanceledException)
        {
            // The edge stops.
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "The link is up and {Pending} batches wait, but none was acknowledged for {IdleS} s")]
    private static partial void LogStalled(ILogger logger, long pending, double idleS);

    [LoggerMessage(Level = LogLevel.Information, Message = "The outbox moves again, or the link is down; {Pending} batches wait")]
    private static partial void LogDrained(ILogger logger, long pending);
}
