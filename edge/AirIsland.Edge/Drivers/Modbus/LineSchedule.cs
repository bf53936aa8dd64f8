namespace AirIsland.Edge.Drivers.Modbus;

/// <summary>
/// Whose turn it is on a line: of the polls that are due the one with the earliest deadline. A unit that failed comes behind the others for
/// a second, and never twice in a row while another waits: a dead unit costs its neighbours one timeout at most. Not thread-safe.
/// </summary>
internal sealed class LineSchedule(TimeProvider time, TimeProvider real)
{
    private const long SuspectsWait = 1000;

    private readonly List<ModbusDevice> _devices = [];
    private readonly HashSet<ModbusDevice> _suspectsInFlight = [];
    private bool _wasSuspect;

    public IReadOnlyList<ModbusDevice> Devices => _devices;

    /// <summary>Site time until the next slot, after <see cref="Take"/> had none; infinite: none.</summary>
    public TimeSpan UntilSlot { get; private set; }

    /// <summary>Real time until a pause ends, after <see cref="Take"/> had none; infinite: none.</summary>
    public TimeSpan UntilPauseEnds { get; private set; }

    public void Add(ModbusDevice device) => _devices.Add(device);

    public void Remove(ModbusDevice device) => _devices.Remove(device);

    /// <summary>The group to be asked now; null when there is none. Its device is busy until <see cref="Return"/>.</summary>
    /// <remarks>Where several requests may be in flight, one of them at most is of a unit that failed.</remarks>
    public Turn? Take()
    {
        var (now, realNow) = (time.GetUtcNow().ToUnixTimeMilliseconds(), real.GetTimestamp());
        var (slot, pause) = (long.MaxValue, long.MaxValue);
        (Turn? Turn, bool IsSuspect, long Rank) best = (null, false, long.MaxValue);
        foreach (var candidate in _devices)
        {
            if (candidate.IsBusy || candidate.IsLeaving) continue;
            // Who rests costs the line nothing.
            var isSuspect = candidate.IsSuspect && !candidate.IsResting;
            if (isSuspect && _suspectsInFlight.Count > 0) continue;
            foreach (var group in candidate.Groups)
            {
                group.Follow(now);
                if (!group.IsOpen && group.Slot > now)
                {
                    slot = Math.Min(slot, group.Slot);
                    continue;
                }
                var notBefore = Math.Max(group.NotBefore, candidate.IsResting ? 0 : candidate.NotBefore);
                if (notBefore > realNow)
                {
                    pause = Math.Min(pause, notBefore);
                    continue;
                }
                var rank = Rank(group, isSuspect);
                if (rank < best.Rank) best = (new(candidate, group), isSuspect, rank);
            }
        }
        UntilSlot = slot == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMilliseconds(slot - now);
        UntilPauseEnds = pause == long.MaxValue ? Timeout.InfiniteTimeSpan : WholeMs(real.GetElapsedTime(realNow, pause));
        if (best.Turn is { } turn) Begin(turn.Device, best.IsSuspect);
        return best.Turn;
    }

    public void Return(ModbusDevice device)
    {
        device.IsBusy = false;
        _suspectsInFlight.Remove(device);
    }

    // Timers know no less than a millisecond: rounded down they would wake for nothing.
    private static TimeSpan WholeMs(TimeSpan span) => TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds));

    private long Rank(PolledGroup group, bool isSuspect) => (isSuspect, _wasSuspect) switch
    {
        (false, _) => group.Deadline,
        (true, false) => group.Deadline + SuspectsWait,
        (true, true) => (long.MaxValue / 2) + group.Deadline,
    };

    private void Begin(ModbusDevice device, bool isSuspect)
    {
        device.IsBusy = true;
        if (isSuspect) _suspectsInFlight.Add(device);
        if (!device.IsResting) _wasSuspect = isSuspect;
    }
}
