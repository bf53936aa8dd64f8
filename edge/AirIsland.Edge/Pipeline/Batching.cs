using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Disposables;
using System.Reactive.Linq;
using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Pipeline;

/// <summary>Collects scans into batches, levels and registers apart.</summary>
public static class Batching
{
    /// <summary>
    /// Closes a batch when it has enough readings, or when <see cref="PipelineOptions.BatchAge"/> of site time and
    /// <see cref="PipelineOptions.BatchPause"/> of real time have passed since its first scan, or when a scan would turn its group's time
    /// back or stretch the batch over more than an hour; at each <paramref name="changing"/> of the site; and at the end of the source.
    /// </summary>
    /// <param name="scans">To be collected.</param>
    /// <param name="options">When a batch closes.</param>
    /// <param name="site">Site time.</param>
    /// <param name="real">Real time.</param>
    /// <param name="changing">Fires before the site changes.</param>
    /// <param name="fullAt">Readings that are enough now, by those that are enough while the link is up; null: the same.</param>
    public static IObservable<ScanBatch> Batch(
        this IObservable<Scan> scans, PipelineOptions options, IScheduler site, IScheduler real, IObservable<Unit> changing,
        Func<int, int>? fullAt = null) =>
        Observable.Create<ScanBatch>(observer =>
        {
            var gate = new Lock();
            var open = new[] { ScanContent.Levels, ScanContent.Registers }
                .ToDictionary(c => c, c => new OpenBatch(c, observer.OnNext));
            var subscription = scans.Subscribe(
                scan =>
                {
                    lock (gate) Add(open[scan.Content], scan);
                },
                observer.OnError,
                () =>
                {
                    lock (gate)
                    {
                        CloseAll();
                        observer.OnCompleted();
                    }
                });
            var changes = changing.Subscribe(_ =>
            {
                lock (gate) CloseAll();
            });
            return StableCompositeDisposable.Create(subscription, changes, StableCompositeDisposable.Create(open.Values));

            void CloseAll()
            {
                foreach (var batch in open.Values) batch.Close();
            }

            // Two timers, and no operator that joins them: such a one calls while it holds its own lock, which who closes the batch needs
            // to get rid of it; with the gate between them both would wait for ever.
            IDisposable Due(OpenBatch batch)
            {
                var left = 2;
                return StableCompositeDisposable.Create(
                    Observable.Timer(options.BatchAge, site).Subscribe(_ => Passed()),
                    Observable.Timer(options.BatchPause, real).Subscribe(_ => Passed()));

                void Passed()
                {
                    // One that fires while its batch closes finds the next one, and closes it early: that is no harm.
                    lock (gate) if (--left == 0) batch.Close();
                }
            }

            void Add(OpenBatch batch, Scan scan)
            {
                if (scan.IsUrgent || !batch.Accepts(scan)) batch.Close();
                if (scan.IsUrgent) return;
                if (batch.IsEmpty) batch.Timer = Due(batch);
                batch.Add(scan);
                if (batch.Points >= (fullAt?.Invoke(options.BatchPoints) ?? options.BatchPoints)) batch.Close();
            }
        });
}
