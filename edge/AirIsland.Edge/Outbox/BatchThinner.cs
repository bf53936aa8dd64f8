using AirIsland.Proto.Columns;

namespace AirIsland.Edge.Outbox;

/// <summary>
/// Takes samples out of a batch for want of room: of each tag the first of a minute stays, and a gap names the tags, the time and how many
/// are gone. Batches come oldest first; what was kept last is remembered across them, because one may be shorter than a minute.
/// </summary>
internal sealed class BatchThinner
{
    private const long Step = 60_000;

    private readonly Dictionary<uint, long> _kept = [];
    private byte[] _catalogue = [];

    /// <summary>The batch with fewer samples, and how many it has lost. Null when it cannot be decoded.</summary>
    public (BatchRow Row, int Lost)? Thin(BatchRow row)
    {
        // Another catalogue, other numbers.
        if (!row.Catalogue.AsSpan().SequenceEqual(_catalogue)) _kept.Clear();
        _catalogue = row.Catalogue;
        if (row.Block.Decode() is not { } block) return null;
        var builder = new BlockBuilder();
        var (lost, tags) = (0, new SortedSet<uint>());
        foreach (var group in block.Groups)
        {
            lost += builder.Add(group, (tag, instant) =>
            {
                if (IsFirst(tag, instant)) return true;
                tags.Add(tag);
                return false;
            });
        }
        builder.AddRemarks(block);
        var to = row.Block.To < long.MaxValue ? row.Block.To + 1 : row.Block.To;
        if (lost > 0) builder.Add(new BlockGap([.. tags], row.Block.From, to, "thinned to one a minute", (ulong)lost));
        return builder.IsEmpty ? null : (row with { Block = builder.Encode(), IsThinned = true }, lost);
    }

    // A commit that failed is done again: what it kept is then kept again.
    private bool IsFirst(uint tag, long instant)
    {
        if (_kept.TryGetValue(tag, out var kept) && instant != kept && instant / Step == kept / Step) return false;
        _kept[tag] = instant;
        return true;
    }
}
