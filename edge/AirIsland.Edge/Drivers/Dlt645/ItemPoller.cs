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
    private readonly SlotGrid _grid;
    private readonly long _tolerance;
    private long _last;

    public ItemPoller(Meter meter, BoundGroup group, TimeSpan tolerance, TimeProvider time)
    {
        _meter = meter;
        _group = group;
        _items = AskedItem.Of(group, meter.NewBackoff);
        _time = time;
        _grid = new((long)group.Period.TotalMilliseconds, 0);
        _tolerance = (long)tolerance.TotalMilliseconds;
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Polls until <paramref name="stop"/>; a poll in flight is finished and handed out.</summary>
    public async Task RunAsync(ScanQueue scans, CancellationToken stop, CancellationToken abandoned)
    {
        // Nothing that it hands out is older than itself, whatever slot speaks for it: the one who polled before may have had that slot.
        _last = Now;
        for (var slot = _grid.First(_last); await ReachedAsync(slot, stop);)
        {
            if (IsFarAhead(slot))
            {
                // Site time was set back: the grid begins anew, or there would be no poll until it has come so far again.
                _meter.ReportSetBack(_group.Id, TimeSpan.FromMilliseconds(slot - Now));
                (slot, _last) = (_grid.After(Now), long.MinValue);
                continue;
            }
            var readings = new List<Reading>(_group.Points.Count);
            foreach (var item in _items) await _meter.ReadAsync(item, readings);
            if (readings.Count > 0 && !await HandOutAsync(scans, Instant(slot), readings, abandoned)) return;
            var next = _grid.After(Math.Max(Now, slot));
            _meter.Skipped(((next - slot) / _grid.Period) - 1);
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

    private bool IsFarAhead(long slot) => slot - Now > 2 * _grid.Period;

    // Timers do not follow a clock that is set: what the clock says afterwards decides whether to wait on.
    private async ValueTask<bool> ReachedAsync(long slot, CancellationToken stop)
    {
        for (var wait = slot - Now; wait > 0 && !IsFarAhead(slot) && !stop.IsCancellationRequested; wait = slot - Now)
            await Task.Delay(TimeSpan.FromMilliseconds(wait), _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stop.IsCancellationRequested;
    }
}
