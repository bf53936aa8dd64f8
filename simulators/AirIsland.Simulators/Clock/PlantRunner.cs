using AirIsland.Simulators.Devices;
using AirIsland.Simulators.Stations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AirIsland.Simulators.Clock;

/// <summary>
/// Lets the plant follow the clock in steps of half a second, on whole half seconds. When it is more than ten minutes behind, it
/// leaves time out and counts that. Held, time passes but nothing flows: registers stand still between <see cref="Hold"/> and
/// <see cref="Release"/>, as on a test bench with standing start and stop.
/// </summary>
public sealed partial class PlantRunner(
    MeteredStation metered, IEnumerable<IPlantFollower> followers, TimeProvider time, ILogger<PlantRunner> logger) : BackgroundService
{
    /// <summary>One step of the plant.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);

    private const int MostStepsBehind = 1200;

    private readonly IPlantFollower[] _followers = [.. followers];
    private bool _held;

    /// <summary>Plant time left out because the machine was too slow.</summary>
    public TimeSpan Skipped { get; private set; }

    /// <summary>Where the plant is in time.</summary>
    public DateTimeOffset Instant
    {
        get
        {
            lock (metered.Gate) return metered.Instant;
        }
    }

    /// <summary>What really happened so far.</summary>
    public StationTruth Truth => Look(station => station.Truth);

    /// <summary>The last whole half second up to an instant: where a plant begins and each of its steps ends.</summary>
    public static DateTimeOffset OnGrid(DateTimeOffset instant) => instant.AddTicks(-(instant.UtcTicks % Step.Ticks));

    /// <summary>Looks at the plant, or turns something in it such as the leak, between two steps.</summary>
    public T Look<T>(Func<Station, T> look)
    {
        ArgumentNullException.ThrowIfNull(look);
        lock (metered.Gate) return look(metered.Station);
    }

    /// <summary>From now on nothing flows.</summary>
    public void Hold()
    {
        DateTimeOffset at;
        lock (metered.Gate)
        {
            at = metered.Instant;
            _held = true;
            metered.Stand(at);
        }
        LogHeld(at);
    }

    /// <summary>From the clock's instant on everything flows again, with the demand of that time of day.</summary>
    public void Release()
    {
        DateTimeOffset at;
        lock (metered.Gate)
        {
            SkipIfFarBehind();
            CatchUp();
            at = metered.Instant;
            _held = false;
        }
        LogReleased(at);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lock (metered.Gate) Tell();
        using var timer = new PeriodicTimer(Step, time);
        try
        {
            do Advance();
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Advance()
    {
        SkipIfFarBehind();
        var target = OnGrid(time.GetUtcNow());
        // The lock is taken for each step, so that readers do not wait for a whole catch-up.
        for (var moved = true; moved;)
            lock (metered.Gate) moved = MoveTowards(target);
    }

    private void CatchUp()
    {
        var target = OnGrid(time.GetUtcNow());
        while (MoveTowards(target))
        {
        }
    }

    private bool MoveTowards(DateTimeOffset target)
    {
        if (metered.Instant + Step > target) return false;
        if (_held) metered.Stand(metered.Instant + Step);
        else metered.Step(Step);
        Tell();
        return true;
    }

    private void SkipIfFarBehind()
    {
        lock (metered.Gate)
        {
            var behind = OnGrid(time.GetUtcNow()) - metered.Instant;
            if (behind <= MostStepsBehind * Step) return;
            Skipped += behind;
            LogSkipped(behind);
            metered.Stand(metered.Instant + behind);
        }
    }

    private void Tell()
    {
        foreach (var follower in _followers) follower.Follow(metered.Instant);
    }
}
