using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Uplink;

/// <summary>
/// Which batch goes next: live before backfill, in order within a lane, and no more unacknowledged at once than the cloud gave credit
/// for. Backfill leaves a quarter of the credit free and has few bytes on the way, so that a live batch never queues behind it for long.
/// Thread-safe.
/// </summary>
public sealed class SendWindow : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, LaneCursor> _lanes;
    private readonly int _backfillBytes;
    private int _credit;

    /// <summary>Sending goes on behind the given watermarks.</summary>
    public SendWindow(IReadOnlyDictionary<Lane, long> acknowledged, int credit, UplinkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _lanes = acknowledged.ToDictionary(a => a.Key, a => new LaneCursor(a.Value, options.AcknowledgeWithin));
        _backfillBytes = options.BackfillBytes;
        _credit = Math.Max(1, credit);
    }

    /// <summary>The next batch of what <paramref name="state"/> holds; its time runs. False when there is none, or no room.</summary>
    public bool TryNext(OutboxState state, out Lane lane, out long sequence)
    {
        ArgumentNullException.ThrowIfNull(state);
        lock (_gate)
        {
            foreach (var candidate in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill])
            {
                if (_lanes[candidate].Next > state[candidate].Appended || !HasRoom(candidate, state)) continue;
                (lane, sequence) = (candidate, _lanes[candidate].Take());
                return true;
            }
        }
        (lane, sequence) = (default, 0);
        return false;
    }

    /// <summary>The cloud has the lane up to that number.</summary>
    public void Acknowledge(Lane lane, long sequence)
    {
        lock (_gate) _lanes[lane].Acknowledge(sequence);
    }

    /// <summary>The cloud wants the lane again from that number on.</summary>
    public void Rewind(Lane lane, long sequence)
    {
        lock (_gate) _lanes[lane].Rewind(sequence);
    }

    /// <summary>New credit; 0 leaves it as it is.</summary>
    public void Grant(uint credit)
    {
        if (credit == 0) return;
        lock (_gate) _credit = (int)Math.Min(credit, int.MaxValue);
    }

    /// <summary>Batches of the lane sent and not acknowledged.</summary>
    public long Outstanding(Lane lane)
    {
        lock (_gate) return _lanes[lane].Outstanding;
    }

    /// <summary>Where a number of the lane stands: negative: acknowledged; 0: sent and not acknowledged; positive: never sent.</summary>
    public int Place(Lane lane, long sequence)
    {
        lock (_gate) return sequence > _lanes[lane].Taken ? 1 : sequence <= _lanes[lane].Acknowledged ? -1 : 0;
    }

    /// <summary>Fires when the cloud left a batch of the lane unanswered for too long.</summary>
    public CancellationToken Late(Lane lane) => _lanes[lane].Late;

    public void Dispose()
    {
        foreach (var lane in _lanes.Values) lane.Dispose();
    }

    private bool HasRoom(Lane lane, OutboxState state)
    {
        if (_lanes.Values.Sum(l => l.Outstanding) >= _credit) return false;
        if (lane == Lane.Live) return true;
        // What waits tells how large a batch is, near enough.
        var size = Math.Max(1, state.Backfill.PendingBytes / Math.Max(1, state.Backfill.Pending));
        return _lanes[lane].Outstanding < Math.Clamp(_backfillBytes / size, 1, _credit - (_credit / 4));
    }
}
