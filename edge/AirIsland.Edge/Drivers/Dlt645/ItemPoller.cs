using AirIsland.Edge.Metering;

namespace AirIsland.Edge.Drivers.Dlt645;

/// <summary>
/// Reads one scan group of a meter on a grid of site time. A poll that would be late is left out and counted, never queued: a slow line
/// gives fewer samples, not older ones.
/// </summary>
internal sealed class ItemPoller
{
    private readonly Meter _meter;
    private readonly BoundGroup _group;
    private readonly AskedItem[] _items;
    private readonly TimeProvider _time;
    private readonly long _period;
    private readonly long _tolerance;
    private long _last = long.MinValue;

    public ItemPoller(Meter meter, BoundGroup group, TimeSpan tolerance, TimeProvider time)
    {
        _meter = meter;
        _group = group;
        _items = AskedItem.Of(group, meter.NewBackoff);
        _time = time;
        _period = (long)group.Period.TotalMilliseconds;
        _tolerance = (long)tolerance.TotalMilliseconds;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Polls until <paramref name="stop"/>; a poll in flight is finished and handed out.</summary>
    public async Task RunAsync(ScanQueue scans, CancellationToken stop, CancellationToken abandoned)
    {
        for (var slot = SlotAfter(Now); await ReachedAsync(slot, stop);)
        {
            if (IsFarAhead(slot))
            {
                // Site time was set back: the grid begins anew, or there would be no poll until it has come so far again.
                _meter.ReportSetBack(_group.Id, TimeSpan.FromMilliseconds(slot - Now));
                (slot, _last) = (SlotAfter(Now), long.MinValue);
                continue;
            }
            var readings = new List<Reading>(_group.Points.Count);
            foreach (var item in _items) await _meter.ReadAsync(item, readings);
            if (readings.Count > 0 && !await HandOutAsync(scans, Instant(slot), readings, abandoned)) return;
            var next = SlotAfter(Math.Max(Now, slot));
            _meter.Skipped(((next - slot) / _period) - 1);
            slot = next;
        }
    }

    private async ValueTask<bool> HandOutAsync(ScanQueue scans, long instant, List<Reading> readings, CancellationToken abandoned)
    {
        try
        {
            return await scans.WriteAsync(new Scan(_group.Id, instant, _group.Content, readings), abandoned);
        }
        catch (OperationCanceledException) when (abandoned.IsCancellationRequested)
        {
            return false;
        }
    }

    // The slot, when the last answer came soon enough to speak for it; else when it came. Never twice the same, and backwards only with
    // site time itself.
    private long Instant(long slot)
    {
        var now = Now;
        return _last = Math.Max(now - slot <= _tolerance ? slot : now, _last + 1);
    }

    private long SlotAfter(long instant) => ((instant / _period) + 1) * _period;

    private bool IsFarAhead(long slot) => slot - Now > 2 * _period;

    // Timers do not follow a clock that is set: what the clock says afterwards decides whether to wait on.
    private async ValueTask<bool> ReachedAsync(long slot, CancellationToken stop)
    {
        for (var wait = slot - Now; wait > 0 && !IsFarAhead(slot) && !stop.IsCancellationRequested; wait = slot - Now)
            await Task.Delay(TimeSpan.FromMilliseconds(wait), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
