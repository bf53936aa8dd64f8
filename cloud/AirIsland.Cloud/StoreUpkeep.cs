using AirIsland.Storage.Telemetry;
using NodaTime;

namespace AirIsland.Cloud;

/// <summary>Lets the store tidy up, again and again, beside its work. A round that fails is told once and tried again.</summary>
public sealed partial class StoreUpkeep(
    ITelemetryStore store, [FromKeyedServices(StationClock.Key)] TimeProvider time, ILogger<StoreUpkeep> logger) : BackgroundService
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
                isFailing = false;
            }
            catch (Exception e) when (e is StoreUnavailableException or IOException or InvalidDataException)
            {
                if (!isFailing) LogFailed(e);
                isFailing = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The store could not be tidied up; it goes on, and this is tried again")]
    private partial void LogFailed(Exception e);
}
