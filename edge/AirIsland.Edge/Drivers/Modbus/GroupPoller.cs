using AirIsland.Edge.Metering;
using AirIsland.Fieldbus.Modbus;

namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// Reads one scan group of a device on a grid of site time. A poll that would be late is left out and counted, never queued: a slow
/// device gives fewer samples, not older ones.
/// </summary>
internal sealed class GroupPoller
{
    private readonly ModbusDevice _device;
    private readonly BoundGroup _group;
    private readonly PolledBlock[] _blocks;
    private readonly TimeProvider _time;
    private readonly EdgeStatus _status;
    private readonly long _period;
    private readonly long _tolerance;
    private long _last = long.MinValue;

    public GroupPoller(ModbusDevice device, BoundGroup group, TimeSpan tolerance, TimeProvider time, EdgeStatus status)
    {
        _device = device;
        _group = group;
        _time = time;
        _status = status;
        _period = (long)group.Period.TotalMilliseconds;
        _tolerance = (long)tolerance.TotalMilliseconds;
        var profile = device.Bound.Profile;
        var byName = group.Points.ToDictionary(p => p.Point.Name);
        _blocks =
        [
            .. BlockPlanner.Plan([.. group.Points.Select(p => p.Point)], profile.Points, ReadLimits.Of(profile))
                .Select(b => new PolledBlock(b, [.. b.Points.Select(p => byName[p.Name])], device.NewBackoff())),
        ];
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
                _device.ReportSetBack(_group.Id, TimeSpan.FromMilliseconds(slot - Now));
                (slot, _last) = (SlotAfter(Now), long.MinValue);
                continue;
            }
            var readings = new List<Reading>(_group.Points.Count);
            foreach (var block in _blocks) await _device.ReadAsync(block, readings);
            if (readings.Count > 0 && !await HandOutAsync(scans, Instant(slot), readings, abandoned)) return;
            var next = SlotAfter(Math.Max(Now, slot));
            var skipped = ((next - slot) / _period) - 1;
            if (skipped > 0) _status.Skipped(skipped);
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

    // The slot, when the reply came soon enough to speak for it; else when it came. Never twice the same, and backwards only with site time
    // itself.
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
