using AirIsland.Edge.Outbox;

namespace AirIsland.Edge.Uplink;

/// <summary>
/// Which batch goes next: live before backfill, in order within a lane, and no more unacknowledged at once than the cloud gave credit
/// for. Thread-safe.
/// </summary>
public sealed class SendWindow
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, Cursor> _lanes;
    private int _credit;

    /// <summary>Sending goes on behind the given watermarks.</summary>
    public SendWindow(IReadOnlyDictionary<Lane, long> acknowledged, int credit)
    {
        _lanes = acknowledged.ToDictionary(a => a.Key, a => new Cursor(a.Value, a.Value + 1));
        _credit = Math.Max(1, credit);
    }

    /// <summary>The next batch of what <paramref name="state"/> holds. False when there is none or the credit is used up.</summary>
    public bool TryNext(OutboxState state, out Lane lane, out long sequence)
    {
        ArgumentNullException.ThrowIfNull(state);
        lock (_gate)
        {
            foreach (var candidate in (ReadOnlySpan<Lane>)[Lane.Live, Lane.Backfill])
            {
                var cursor = _lanes[candidate];
                if (_lanes.Values.Sum(l => l.Outstanding) >= _credit || cursor.Next > state[candidate].Appended) continue;
                (lane, sequence) = (candidate, cursor.Next);
                _lanes[candidate] = cursor with { Next = cursor.Next + 1 };
                return true;
            }
        }
        (lane, sequence) = (default, 0);
        return false;
    }

    /// <summary>The cloud has the lane up to that number.</summary>
    public void Acknowledge(Lane lane, long sequence)
    {
        lock (_gate)
        {
            var (acknowledged, next) = _lanes[lane];
            acknowledged = Math.Max(acknowledged, sequence);
            _lanes[lane] = new(acknowledged, Math.Max(next, acknowledged + 1));
        }
    }

    /// <summary>The cloud wants the lane again from that number on.</summary>
    public void Rewind(Lane lane, long sequence)
    {
        lock (_gate)
        {
            var cursor = _lanes[lane];
            _lanes[lane] = cursor with { Next = Math.Clamp(sequence, cursor.Acknowledged + 1, cursor.Next) };
        }
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

    private readonly record struct Cursor(long Acknowledged, long Next)
    {
        public long Outstanding => Next - 1 - Acknowledged;
    }
}
