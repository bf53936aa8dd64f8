using System.Reactive.Concurrency;
using System.Reactive.Linq;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Outbox;
using Microsoft.Extensions.Hosting;

namespace AirIsland.Edge.Pipeline;

/// <summary>
/// Runs the drivers through the pipeline into the outbox. Stopping takes the same way: the drivers end their polls, the pipeline closes
/// its batches, and the outbox commits them.
/// </summary>
public sealed class Collector(SiteKeeper site, TagRegistry tags, PipelineOptions options, OutboxStore outbox, SiteClock clock)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await site.BeginAsync();
        if (outbox.LastAppended() is { } appended) clock.HasShown(appended);
        var siteTime = new TimeProviderScheduler(clock.Time);
        var handover = new Handover(outbox.AppendAsync);
        var judged = site.Gate(site.Drivers.Select(d => Pump(d, handover, stoppingToken)).Merge())
            .TimeByUptime(clock)
            .CheckClock(clock)
            .CheckRange(tags)
            .CheckRate(tags)
            .CheckFrozen(tags)
            .WatchRegisters(tags)
            .Calculate(tags, () => site.Current.Tags.Formulas)
            .MarkClock()
            .ReportChanges(tags);
        using var subscription = site.Show(judged)
            .Batch(options, siteTime, DefaultScheduler.Instance, site.Changing, outbox.BatchPoints)
            .Select(b => b.Seal(site.Current, clock))
            .Subscribe(handover);
        await handover.Completed;
        await outbox.FlushAsync();
    }

    private static IObservable<Scan> Pump(IDriver driver, Handover handover, CancellationToken stopping) =>
        Observable.Create<Scan>(async (observer, _) =>
        {
            await foreach (var scan in driver.Read(stopping).ConfigureAwait(false))
            {
                observer.OnNext(scan);
                await handover.Room.ConfigureAwait(false);
            }
            observer.OnCompleted();
        });
}
