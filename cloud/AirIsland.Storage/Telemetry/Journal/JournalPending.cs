using AirIsland.Domain.Stations;

namespace AirIsland.Storage.Telemetry.Journal;

/// <summary>
/// What a transaction would change, on top of what is committed. Decides for each batch: the next number is taken, a known one is a
/// duplicate or a reused number, any other is out of order. Positions count from the next one given; each station's for itself, from its
/// last, when none is.
/// </summary>
internal sealed class JournalPending(
    IReadOnlyDictionary<(string Edge, ulong Epoch, BatchLane Lane), StoredWatermark> watermarks,
    IReadOnlyDictionary<StationId, long> lastPosition,
    long? nextPosition)
{
    private readonly Dictionary<(string Edge, ulong Epoch, BatchLane Lane), StoredWatermark> _moved = [];
    private readonly Dictionary<StationId, long> _last = [];
    private long _next = nextPosition ?? 0;

    public int Stored { get; private set; }

    /// <summary>The last position of each station that got one.</summary>
    public IReadOnlyDictionary<StationId, long> LastPositions => _last;

    public Appended Take(ReceivedBatch batch, IJournalWriter writer)
    {
        var (lane, sequence) = ((batch.Key.Edge, batch.Key.Epoch, batch.Key.Lane), batch.Key.Sequence);
        var mark = _moved.TryGetValue(lane, out var moved) ? moved : watermarks.GetValueOrDefault(lane);
        if (sequence <= mark.Sequence)
        {
            // Only the last batch's checksum is at hand without a look-up; older numbers are looked up, because they are rare.
            var known = sequence == mark.Sequence ? mark.Crc32C : writer.Checksum(batch.Key);
            return known is null || known == batch.Block.Crc32C
                ? new(AppendStatus.Duplicate, mark.Sequence, 0, 0, null)
                : new(AppendStatus.SequenceReused, mark.Sequence, 0, 0, $"{batch.Key} came before with other bytes");
        }
        if (sequence != mark.Sequence + 1)
            return new(AppendStatus.OutOfOrder, mark.Sequence, 0, 0, $"number {sequence} came after {mark.Sequence}");

        _moved[lane] = new(batch.Key.Lane, sequence, batch.Block.Crc32C);
        if (batch.Rejection is { } reason)
        {
            writer.SetAside(batch, reason);
            return new(AppendStatus.SetAside, sequence, 0, 0, reason);
        }
        var previous = _last.TryGetValue(batch.Station, out var last) ? last : lastPosition.GetValueOrDefault(batch.Station);
        var position = _last[batch.Station] = nextPosition is null ? previous + 1 : _next++;
        writer.Insert(batch, position);
        Stored++;
        return new(AppendStatus.Stored, sequence, position, previous, null);
    }

    public void WriteWatermarks(IJournalWriter writer)
    {
        foreach (var (lane, mark) in _moved) writer.Move(lane.Edge, lane.Epoch, mark);
    }

    /// <summary>After the commit: copies the changes to what is committed and gives the next free position.</summary>
    public long Publish(
        Dictionary<(string Edge, ulong Epoch, BatchLane Lane), StoredWatermark> marks, Dictionary<StationId, long> positions)
    {
        foreach (var (lane, mark) in _moved) marks[lane] = mark;
        foreach (var (station, position) in _last) positions[station] = position;
        return _next;
    }
}
