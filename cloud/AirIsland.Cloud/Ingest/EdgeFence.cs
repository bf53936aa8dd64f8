namespace AirIsland.Cloud.Ingest;

/// <summary>
/// The newest stream of an edge fences the older ones, so that one edge is never heard twice at once. An epoch that comes back after
/// another took its place tells of two outboxes with one name: a clone, or an old copy put back.
/// </summary>
public sealed class EdgeFence
{
    /// <summary>Epochs remembered for each edge.</summary>
    private const int Epochs = 8;

    /// <summary>Edges remembered after their last stream ended; without certificates anybody may invent names.</summary>
    private const int Remembered = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Seat> _seats = new(StringComparer.Ordinal);

    /// <summary>
    /// Makes the caller the newest stream; the token fires when a newer one comes. <paramref name="isClone"/>: this epoch was here before
    /// another one of the same edge, and is back.
    /// </summary>
    public CancellationToken Enter(string edge, ulong epoch, out bool isClone)
    {
        var mine = new CancellationTokenSource();
        CancellationTokenSource? older;
        lock (_gate)
        {
            if (!_seats.TryGetValue(edge, out var seat)) _seats.Add(edge, seat = new());
            (older, seat.Newest) = (seat.Newest, mine);
            isClone = seat.Epochs.Contains(epoch) && seat.Epochs[^1] != epoch;
            seat.Epochs.Remove(epoch);
            if (seat.Epochs.Count == Epochs) seat.Epochs.RemoveAt(0);
            seat.Epochs.Add(epoch);
        }
        older?.Cancel();
        return mine.Token;
    }

    /// <summary>The stream ended.</summary>
    public void Leave(string edge, CancellationToken token)
    {
        lock (_gate)
        {
            if (!_seats.TryGetValue(edge, out var seat) || seat.Newest?.Token != token) return;
            seat.Newest = null;
            if (_seats.Count > Remembered) _seats.Remove(edge);
        }
    }

    private sealed class Seat
    {
        public CancellationTokenSource? Newest { get; set; }

        public List<ulong> Epochs { get; } = [];
    }
}
