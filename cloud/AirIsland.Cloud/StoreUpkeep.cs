using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud;

/// <summary>Lets the store tidy up, again and again, beside its work. A round that fails is told once and tried again.</summary>
public sealed partial class StoreUpkeep(
    ITelemetryStore store, [FromKeyedServices(StationClock.Key)] TimeProvider time, CloudMetrics metrics,
    ILogger<StoreUpkeep> logger) : BackgroundService
{
    /// <summary>Real time: hours become old no faster than that in any plant worth watching.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (store is not IStoreUpkeep upkeep) return;
        var isFailing = false;
        using var pace = new PeriodicTimer(Pause);
        do
        {
            try
            {
                var done = await upkeep.KeepUpAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), stoppingToken);
                if (done.HoursSealed > 0) LogSealed(done.HoursSealed);
                if (done.MonthsExpired > 0) LogExpired(done.MonthsExpired, done.SamplesExpired);
                metrics.Expired(done.SamplesExpired + done.HeldExpired);
                isFailing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it is: edges go on being acknowledged, and the next round may do better.
                if (!isFailing) LogFailed(e);
                isFailing = true;
            }
        }
        while (await Tick(pace, stoppingToken));
    }

    private static async Task<bool> Tick(PeriodicTimer pace, CancellationToken stoppingToken)
    {
        try
        {
            return await pace.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Hours} hours of stations were sealed")]
    private partial void LogSealed(int hours);

    [LoggerMessage(Level = LogLevel.Information, Message = "The levels of {Months} months expired; {Samples} samples are minutes now")]
    private partial void LogExpired(int months, long samples);

    [LoggerMessage(Level = LogLevel.Error, Message = "The store could not be tidied up; it goes on, and this is tried again")]
    private partial void LogFailed(Exception e);
}
