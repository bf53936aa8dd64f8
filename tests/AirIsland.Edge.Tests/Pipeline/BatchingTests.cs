using System.Diagnostics;
using System.Reactive;
using System.Reactive.Concurrency;
using System.Reactive.Linq;
using System.Reactive.Subjects;
using AirIsland.Edge.Metering;
using AirIsland.Edge.Pipeline;
using AirIsland.Quantities;
using Microsoft.Extensions.Time.Testing;

namespace AirIsland.Edge.Tests.Pipeline;

public class BatchingTests
{
    private readonly PipelineOptions _options = new() { BatchPoints = 5 };
    private readonly HistoricalScheduler _site = new(DateTimeOffset.UnixEpoch);
    private readonly HistoricalScheduler _real = new(DateTimeOffset.UnixEpoch);
    private readonly Subject<Scan> _scans = new();
    private readonly Subject<Unit> _changing = new();
    private readonly List<ScanBatch> _batches = [];

    public BatchingTests() => _scans.Batch(_options, _site, _real, _changing).Subscribe(_batches.Add);

    [Fact]
    public void A_batch_closes_when_it_has_enough_readings()
    {
        _scans.OnNext(Scan(0, readings: 3));
        Assert.Empty(_batches);

        _scans.OnNext(Scan(1, readings: 2));

        Assert.Equal(5, Assert.Single(_batches).Scans.Sum(s => s.Readings.Count));
    }

    [Fact]
    public void A_batch_closes_a_second_after_its_first_scan()
    {
        _real.AdvanceBy(TimeSpan.FromSeconds(1));
        _site.AdvanceBy(TimeSpan.FromSeconds(10));
        _scans.OnNext(Scan(0));
        _real.AdvanceBy(TimeSpan.FromSeconds(1));

        _site.AdvanceBy(TimeSpan.FromMilliseconds(999));
        Assert.Empty(_batches);
        _site.AdvanceBy(TimeSpan.FromMilliseconds(1));

        Assert.Single(_batches);
    }

    // Whoever closes a batch gets rid of its timer, in the moment in which that fires: neither may wait for the other.
    [Fact]
    public async Task A_batch_that_is_full_in_the_moment_in_which_it_is_due_stops_nothing()
    {
        var soon = TimeSpan.FromMilliseconds(1);
        var options = new PipelineOptions { BatchPoints = 2, BatchAge = soon, BatchPause = soon };
        var (scans, points) = (new Subject<Scan>(), 0);
        using var batches = scans.Batch(options, DefaultScheduler.Instance, DefaultScheduler.Instance, _changing)
            .Subscribe(b => points += b.Scans.Count);
        var feeding = Task.Run(() =>
        {
            for (var i = 0; i < 8_000; i++)
            {
                scans.OnNext(Scan(2 * i));
                // About as long as the timers take, now a little less and now a little more.
                var start = Stopwatch.GetTimestamp();
                while (Stopwatch.GetElapsedTime(start).TotalMicroseconds < 900 + (i % 400)) Thread.SpinWait(20);
                scans.OnNext(Scan((2 * i) + 1));
            }
            scans.OnCompleted();
        });

        await feeding.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(16_000, points);
    }

    [Fact]
    public void When_site_time_runs_fast_a_batch_stays_open_for_the_real_pause()
    {
        _scans.OnNext(Scan(0));
        _site.AdvanceBy(TimeSpan.FromMinutes(1));
        Assert.Empty(_batches);

        _real.AdvanceBy(_options.BatchPause);

        Assert.Single(_batches);
    }

    [Fact]
    public void Levels_and_registers_never_share_a_batch()
    {
        _scans.OnNext(Scan(0));
        _scans.OnNext(Scan(0, content: ScanContent.Registers));

        _scans.OnCompleted();

        Assert.Equal([ScanContent.Levels, ScanContent.Registers], _batches.Select(b => b.Content));
    }

    [Fact]
    public void A_scan_that_turns_its_groups_time_back_begins_a_new_batch()
    {
        _scans.OnNext(Scan(10));
        _scans.OnNext(Scan(9));
        _scans.OnCompleted();

        Assert.Equal([10, 9], _batches.Select(b => b.Scans.Single().Instant));
    }

    [Theory]
    [InlineData(4070908800000)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public void A_scan_of_a_wrong_clock_travels_alone_and_no_batch_spans_more_than_an_hour(long wrong)
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(20_000).ToUnixTimeMilliseconds();
        _scans.OnNext(Scan(now));
        _scans.OnNext(Scan(wrong) with { Group = "wrong/fast" });
        _scans.OnNext(Scan(now + 1000));
        _scans.OnNext(Scan(now + 3_601_000));
        _scans.OnNext(Scan(now + 3_601_001) with { Group = "other/fast" });
        _scans.OnCompleted();

        long[][] expected = [[now], [wrong], [now + 1000, now + 3_601_000], [now + 3_601_001]];
        Assert.Equal(expected, _batches.Select(b => b.Scans.Select(s => s.Instant).ToArray()));
    }

    [Fact]
    public void The_end_of_the_source_closes_what_is_open()
    {
        _scans.OnNext(Scan(0));

        _scans.OnCompleted();

        Assert.Single(_batches);
    }

    [Fact]
    public void A_scan_that_only_carries_a_receipt_is_batched_too()
    {
        _scans.OnNext(Scan(0, readings: 0));

        _scans.OnCompleted();

        Assert.Single(Assert.Single(_batches).Scans);
    }

    [Fact]
    public void The_scheduler_follows_a_time_provider()
    {
        var time = new FakeTimeProvider();
        var ticks = 0;
        using var timer = Observable.Timer(TimeSpan.FromSeconds(1), new TimeProviderScheduler(time)).Subscribe(_ => ticks++);

        time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, ticks);
        time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, ticks);
    }

    private static Scan Scan(long instant, int readings = 1, ScanContent content = ScanContent.Levels) => new(
        $"meter/{content}", instant, content, [.. Enumerable.Range(0, readings).Select(i => new Reading((uint)i, instant, Quality.Good))]);
}
